import { open, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { retryWhileBusy } from 'ts-cmdlet';
import { TokenCacheUnavailable } from './guard.ts';

/** How long to wait for other sessions, and after how long a lock is one that a killed session left. */
const WAIT_MS = 15_000;
const STALE_MS = 10_000;
const RETRY_MS = 20;

/**
 * Runs an action while no other process does so under the same lock file. Whoever holds a lock touches it from time to
 * time; one that has not been touched for ten seconds counts as left behind.
 * @throws TokenCacheUnavailable where other sessions hold the lock for too long
 */
export async function withLock<T>(file: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  await acquire(file, signal);
  // It can take a while: the first key may have to wait for a person to unlock the keyring.
  const touching = setInterval(() => touch(file), STALE_MS / 4);
  try {
    return await action();
  } finally {
    clearInterval(touching);
    await remove(file);
  }
}

function touch(file: string): void {
  const now = new Date();
  // A lock that somebody took away cannot be kept, and the file itself is whole in any case.
  utimes(file, now, now).catch(() => {});
}

async function acquire(file: string, signal: AbortSignal): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await create(file))) {
    if (await isStale(file)) await remove(file);
    else if (Date.now() > end) throw new TokenCacheUnavailable(`another session holds ${file}`);
    else await delay(RETRY_MS, undefined, { signal });
  }
}

/** Gives false where the file is there already. */
async function create(file: string): Promise<boolean> {
  try {
    // Windows reports EPERM while a file of that name is about to be deleted.
    await (await retryWhileBusy(() => open(file, 'wx', 0o600))).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function remove(file: string): Promise<void> {
  return retryWhileBusy(() => rm(file, { force: true }));
}

async function isStale(file: string): Promise<boolean> {
  try {
    return Date.now() - (await retryWhileBusy(() => stat(file))).mtimeMs > STALE_MS;
  } catch (error) {
    // It was released in the meantime.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
