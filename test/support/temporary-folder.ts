import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const variables = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR'];
let folder: string;

/** Gives a run a temporary folder of its own. Every process that a test starts inherits it, and is known by it. */
export async function setup(): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'tests-'));
  for (const variable of variables) process.env[variable] = folder;
  // npm would keep its compiled scripts there.
  process.env.NODE_DISABLE_COMPILE_CACHE = '1';
}

export async function teardown(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
