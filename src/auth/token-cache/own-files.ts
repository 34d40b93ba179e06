import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile } from 'node:fs/promises';
import { retryWhileBusy } from 'ts-cmdlet';
import { TokenCacheUnavailable } from './guard.ts';

// Files and folders of this user alone: 0600, in a folder with 0700.

/** Windows has neither flag. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY }: Partial<typeof constants> & Pick<typeof constants, 'O_RDONLY'> = constants;
/** An account takes some 20 KB. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads a file. A FIFO in its place would keep its reader for good, and a link would lead elsewhere after any look at it.
 * @throws TokenCacheUnavailable for what is no file of this user's, or is far too long
 */
export async function readOwnFile(file: string): Promise<string> {
  const { size } = await checkOwn(file, found => found.isFile(), 'a file');
  if (size > MAX_BYTES) throw new TokenCacheUnavailable(`${file} is too long (${size} bytes)`);
  return await readFile(file, { encoding: 'utf8', flag: O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0) });
}

/** Makes a file that is not there yet, and has it outlast a loss of power. Rejects with Node's errors. */
export async function createOwnFile(file: string, text: string): Promise<void> {
  const handle = await retryWhileBusy(() => open(file, 'wx', 0o600));
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The folder itself is no link; those above it may be, as where a user's data is on another disk. */
export async function checkOwnFolder(folder: string): Promise<void> {
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

/**
 * Makes a folder where it is not there, and has it for this user alone: one that was there before may be open to others.
 * @throws TokenCacheUnavailable for what is no folder of this user's
 */
export async function makeOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await checkOwnFolder(folder);
  await chmod(folder, 0o700);
}

/** Has a new name outlast a loss of power. Windows opens no folders, and keeps its names by a journal of its own. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await retryWhileBusy(() => open(folder, 'r'));
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems cannot.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
  } finally {
    await handle.close();
  }
}
