import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeStaleScripts } from '../../src/build/bundle-core.ts';
import { loadInThread } from '../../src/build/load-in-thread.ts';
import { refuseFiles } from '../support/refused-files.ts';

// What a build removes may be open in another process for a moment.

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'busy-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test('a stale script of the core goes when it is let go of', async () => {
  const core = path.join(folder, 'core');
  await mkdir(core);
  for (const name of ['core.mjs', 'stale.mjs']) await writeFile(path.join(core, name), '');
  using busy = refuseFiles(folder, ['rm']);
  await removeStaleScripts(core, [{ file: path.join(core, 'core.mjs'), content: '' }]);
  expect(busy.refused).not.toEqual([]);
  expect(await readdir(core)).toEqual(['core.mjs']);
});

test('nothing is left of what was loaded in a thread', async () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
  using busy = refuseFiles(folder, ['rm']);
  const code = "import { parentPort } from 'node:worker_threads'; parentPort.postMessage('loaded');";
  expect(await loadInThread(code, 'silence')).toBe('loaded');
  expect(busy.refused).not.toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});
