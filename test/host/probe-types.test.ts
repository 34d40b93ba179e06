import path from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../../src/build/build-module.ts';
import { compareFiles } from '../../src/generate/write-files.ts';
import { probePaths } from './probe/probe-module.ts';

test('test/host/probe/generated is what node test/host/probe/probe-module.ts writes', async () => {
  const { types } = await generate({ ...probePaths, modules: path.join(import.meta.dirname, 'probe') });
  expect(await compareFiles(probePaths.types, types)).toEqual([]);
});
