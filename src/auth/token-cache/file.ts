import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from 'ts-cmdlet';
import { TokenCacheUnavailable } from './guard.ts';
import { withLock } from './lock.ts';

/** Windows has neither flag. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY }: Partial<typeof constants> & Pick<typeof constants, 'O_RDONLY'> = constants;
/** An account takes some 20 KB. */
const MAX_BYTES = 16 * 1024 * 1024;

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

  /**
   * Gives its text; nothing where there is no such file.
   * @throws TokenCacheUnavailable for what stands in its place and is no file of this user's, or is far too long
   */
  async read(): Promise<string | undefined> {
    try {
      return await retryWhileBusy(() => readOwnFile(this.path));
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
      await syncFolder(path.dirname(this.path));
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
    await checkOwnFolder(folder);
    // One that was there before may be open to others.
    await chmod(folder, 0o700);
    return await withLock(`${this.path}.lock`, signal, action);
  }
}

/** A FIFO in the place of a file would keep its reader for good, and a link would lead elsewhere after any look at it. */
async function readOwnFile(file: string): Promise<string> {
  const { size } = await checkOwn(file, found => found.isFile(), 'a file');
  if (size > MAX_BYTES) throw new TokenCacheUnavailable(`${file} is too long (${size} bytes)`);
  return await readFile(file, { encoding: 'utf8', flag: O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0) });
}

/** The folder itself is no link; those above it may be, as where a user's data is on another disk. */
async function checkOwnFolder(folder: string): Promise<void> {
  await checkOwn(folder, found => found.isDirectory(), 'a folder');
}

async function checkOwn(place: string, isKind: (found: Stats) => boolean, kind: string): Promise<Stats> {
  const found = await lstat(place);
  if (found.isSymbolicLink()) throw new TokenCacheUnavailable(`${place} is a symbolic link, and has to be ${kind}`);
  if (!isKind(found)) throw new TokenCacheUnavailable(`${place} is not ${kind}`);
  // Windows has its access control lists, which a user's own folders come with.
  const user = process.geteuid?.();
  if (user !== undefined && found.uid !== user) throw new TokenCacheUnavailable(`${place} is another user's`);
  return found;
}

/** Has a rename outlast a loss of power. Windows opens no folders, and keeps its names by a journal of its own. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems cannot.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
  } finally {
    await handle.close();
  }
}

function isAbsence(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
