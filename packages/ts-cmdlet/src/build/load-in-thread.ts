import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { writing } from '../generate/replace-files.ts';

const SECONDS_TO_LOAD = 30;

/**
 * Runs a bundled ES module in a thread of its own and gives the first message that it posts. What it prints is dropped,
 * and nothing of it is left behind. Rejects when it fails, with a stack that source maps have put right, when it ends
 * without a message, for which `silence` is the reason, and when it takes longer than 30 seconds; with `WriteError` when
 * the folder for temporary files has no room for it.
 */
export async function loadInThread(code: string, silence: string): Promise<unknown> {
  const folder = await writing(tmpdir(), () => mkdtemp(path.join(tmpdir(), 'ts-cmdlet-')));
  try {
    const file = path.join(folder, 'main.mjs');
    await writing(tmpdir(), () => writeFile(file, code));
    return await firstMessage(file, silence);
  } finally {
    await retryWhileBusy(() => rm(folder, { recursive: true, force: true }));
  }
}

async function firstMessage(file: string, silence: string): Promise<unknown> {
  const worker = new Worker(pathToFileURL(file), { stdout: true, stderr: true, execArgv: ['--enable-source-maps'] });
  worker.stdout.resume();
  worker.stderr.resume();
  const answer = Promise.withResolvers<unknown>();
  const timer = setTimeout(
    () => answer.reject(new Error(`It was not loaded within ${SECONDS_TO_LOAD} seconds`)),
    SECONDS_TO_LOAD * 1000,
  );
  worker.once('message', answer.resolve);
  worker.once('error', answer.reject);
  worker.once('exit', () => answer.reject(new Error(silence)));
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
