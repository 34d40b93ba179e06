import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from 'ts-cmdlet';
import { TokenCacheUnavailable } from './guard.ts';
import { withLock } from './lock.ts';

/**
 * A file for this user alone: 0600, in a folder with 0700. It is replaced as a whole, so that it is never seen half
 * written. Rejects with Node's errors, and with `TokenCacheUnavailable` where it cannot be written: on a full disk it stays
 * as it was.
 */
export class PrivateFile {
  readonly path: string;

  constructor(file: string) {
    this.path = file;
  }

  /** Gives its text; nothing where there is no such file. */
  async read(): Promise<string | undefined> {
    try {
      return await retryWhileBusy(() => readFile(this.path, 'utf8'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && isAbsence(error.code)) return undefined;
      throw error;
    }
  }

  async write(text: string): Promise<void> {
    const temporary = `${this.path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await retryWhileBusy(() => rename(temporary, this.path));
    } catch (error) {
      await retryWhileBusy(() => rm(temporary, { force: true }));
      // What Node says of a write tells no file.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new TokenCacheUnavailable(`${this.path} cannot be written (${error.message})`, { cause: error });
    }
  }

  async remove(): Promise<void> {
    await retryWhileBusy(() => rm(this.path, { force: true }));
  }

  /** Renames it beside, out of the way. Gives the new path. */
  async setAside(now: Date = new Date()): Promise<string> {
    const aside = `${this.path}.${now.toISOString().replaceAll(/[-:.]/g, '')}.unusable`;
    await retryWhileBusy(() => rename(this.path, aside));
    return aside;
  }

  /** Runs an action while no other session does so; makes the folder where it is not there. Rejects as `withLock`. */
  async locked<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
    const folder = path.dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // One that was there before may be open to others.
    await chmod(folder, 0o700);
    return await withLock(`${this.path}.lock`, signal, action);
  }
}

function isAbsence(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
