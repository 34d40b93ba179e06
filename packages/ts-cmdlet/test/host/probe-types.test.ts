import path from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../../src/build/build-module.ts';
import { compareFiles } from '../../src/generate/write-files.ts';
import { probePaths } from './probe/probe-module.ts';

test('probe/generated is what node probe/probe-module.ts writes', async () => {
  const { types } = await generate({ ...probePaths, modules: path.join(import.meta.dirname, 'probe') });
  expect(await compareFiles(probePaths.types, types)).toEqual([]);
});
