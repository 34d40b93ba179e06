import { expect, test } from 'vitest';
import { ownPaths } from '../../scripts/build.ts';
import { generate } from '../../src/build/build-module.ts';
import { compareFiles } from '../../src/generate/write-files.ts';

// The committed files are what a build writes: the module's folder without its bundled core, and the parameter types.

test('module/SecMgmt is what npm run build writes', async () => {
  const { folder, module } = await generate(ownPaths);
  expect(await compareFiles(folder, module)).toEqual([]);
});

test('src/cmdlets/generated is what npm run build writes', async () => {
  const { types } = await generate(ownPaths);
  expect(await compareFiles(ownPaths.types, types)).toEqual([]);
});
