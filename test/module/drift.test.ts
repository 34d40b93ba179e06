import { checkProject, findModuleProject } from 'ts-cmdlet/build';
import { expect, test } from 'vitest';
import { repository } from '../../scripts/own-module.ts';

// The committed files are what a build writes: the module's folder without its bundled core, and the parameter types.

test('SecMgmt is what its help, its settings and its handlers give', async () => {
  expect(await checkProject(findModuleProject({ root: repository, source: 'src' }))).toEqual([]);
});
