import { readFile } from 'node:fs/promises';
import { expect, vi } from 'vitest';

/**
 * The exit code of a killed process as .NET reports it: 128 and the signal's number where there are signals. Windows has
 * the code that the killing program chose: 1 in libuv's uv_kill, -1 in .NET's Process.Kill.
 */
export const killed =
  process.platform === 'win32' ? { byNode: 1, byDotNet: -1 } : { byNode: 128 + 9, byDotNet: 128 + 9 };

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
export function noteIn(file: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const note = await readFile(file, 'utf8');
      // The file is there before what is written into it.
      expect(note, file).not.toBe('');
      return note;
    },
    { timeout: 60_000, interval: 20 },
  );
}
