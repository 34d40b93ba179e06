import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, vi } from 'vitest';

/** Says whether a process with this id runs. */
export function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** Waits until none of the processes runs; fails when one still does after half a minute. */
export async function allEnded(ids: readonly number[]): Promise<void> {
  await vi.waitFor(
    () => {
      const left = ids.filter(isRunning);
      if (left.length > 0) throw new Error(`Still running: ${left.join(', ')}`);
    },
    { timeout: 30_000, interval: 20 },
  );
}

/** Waits for what another process writes into a file, and gives it. */
export async function noteIn(file: string): Promise<string> {
  // The file is there before what is written into it.
  const read = async () => (existsSync(file) ? readFile(file, 'utf8') : '');
  await vi.waitFor(async () => expect(await read(), file).not.toBe(''), { timeout: 60_000, interval: 20 });
  return read();
}
