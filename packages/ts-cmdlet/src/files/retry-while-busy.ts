import { setTimeout as delay } from 'node:timers/promises';

const FIRST_WAIT_MS = 10;
const LAST_WAIT_MS = 640;

/**
 * The errors of Windows while another process has the file open, such as an antivirus that scans what was just written:
 * a sharing violation is EBUSY, a file that is about to be deleted EPERM, and a folder with one in it ENOTEMPTY. Windows
 * Subsystem for Linux reports EACCES for files of Windows.
 */
const BUSY_CODES: ReadonlySet<unknown> = new Set(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY']);

/**
 * Does something to a file, and does it again while the file is busy: up to seven times within 1.3 seconds. The codes do
 * not tell a busy file from one that this user may not touch, so a refusal that is meant comes that much later.
 *
 * Node.js retries only a recursive `rm`, and graceful-fs no `rename` onto a file that is there.
 *
 * @param operation must be one that may be repeated after it failed, such as one call of `rename`
 * @throws what the operation rejects with, at the end or at once where the file is not busy
 */
export async function retryWhileBusy<T>(operation: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait *= 2) {
    try {
      return await operation();
    } catch (error) {
      if (wait > LAST_WAIT_MS || !isBusy(error)) throw error;
    }
    await delay(wait);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && BUSY_CODES.has(error.code);
}
