import { readdir } from 'node:fs/promises';
import module from 'node:module';
import path from 'node:path';
import { type KeyGuard, TokenCacheUnavailable } from '../auth/token-cache/guard.ts';
import { askInThread, type KeyringQuestion } from './keyring-thread.ts';

/** How long a person has to unlock the keyring, when it asks. */
const UNLOCK_LIMIT_MS = 60_000;
/** How long the Secret Service may take for a question that no person is needed for; D-Bus may have to start it first. */
const SILENCE_LIMIT_MS = 5_000;
const SCOPE = '@napi-rs';

/** macOS and Linux: an entry of the Keychain, or of the Secret Service (GNOME Keyring, KWallet, KeePassXC …). */
export function keyringKeyGuard(): KeyGuard {
  return {
    async read(id, signal) {
      const secret = await ask(id, signal, { kind: 'read' });
      return secret && Buffer.from(secret);
    },
    async write(id, secret, signal) {
      await ask(id, signal, { kind: 'write', secret });
    },
    async remove(id, signal) {
      await ask(id, signal, { kind: 'remove' });
    },
  };
}

/** The buses that a question was left alone at. Its thread lasts until it is answered, and no other is added to it. */
const silent = new Set<string>();

async function ask(
  id: string,
  signal: AbortSignal,
  action: KeyringQuestion['action'],
): Promise<Uint8Array | undefined> {
  signal.throwIfAborted();
  const file = await findKeyring();
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? '';
  if (silent.has(bus)) throw unavailable('it has not answered an earlier question');
  const asked = askInThread({ package: file, name: `token cache key ${id}`, action });
  try {
    await within(SILENCE_LIMIT_MS, signal, asked.reached, `it has not answered for ${SILENCE_LIMIT_MS / 1000} seconds`);
    return await within(UNLOCK_LIMIT_MS, signal, asked.answer, 'nobody has unlocked it');
  } catch (error) {
    if (!asked.hasAnswered()) {
      silent.add(bus);
      asked.ended.then(() => silent.delete(bus));
    }
    throw error;
  }
}

/** Waits for an answer; rejects with `TokenCacheUnavailable`, or with the signal's reason. */
async function within<T>(limitMs: number, signal: AbortSignal, answer: Promise<T>, late: string): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  const stop = AbortSignal.any([signal, limit]);
  const ended = Promise.withResolvers<never>();
  stop.addEventListener('abort', () => ended.reject(stop.reason), { once: true });
  try {
    return await Promise.race([answer, ended.promise]);
  } catch (error) {
    signal.throwIfAborted();
    throw unavailable(limit.aborted ? late : messageOf(error), error);
  }
}

function unavailable(reason: string, cause?: unknown): TokenCacheUnavailable {
  const name = process.platform === 'darwin' ? 'the Keychain' : 'the Secret Service';
  return new TokenCacheUnavailable(`${name} gives no place for the cache's key (${reason})`, { cause });
}

/**
 * Finds the package of this platform beside the core and nowhere else. The package above it would go by NAPI_RS_* variables,
 * run `ldd`, and look through every folder above the module.
 */
async function findKeyring(): Promise<string> {
  const folder = path.join(import.meta.dirname, 'node_modules', SCOPE);
  const platform = `${process.platform}-${process.arch}`;
  // A folder that cannot be read has no package for us, which is told below.
  const names = await readdir(folder).catch(() => []);
  const require = module.createRequire(import.meta.url);
  let cause: unknown;
  // On Linux there may be one for each C library.
  for (const name of names.filter(each => `${each}-`.startsWith(`keyring-${platform}-`)).sort()) {
    const file = path.join(folder, name);
    try {
      require(file);
      return file;
    } catch (error) {
      cause = error;
    }
  }
  const reason = cause === undefined ? 'is not installed beside the core' : `cannot be loaded (${messageOf(cause)})`;
  throw new TokenCacheUnavailable(`the package ${SCOPE}/keyring for ${platform} ${reason}`, { cause });
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The first line is the reason; what follows is a list of what was tried.
  return text.split('\n', 1)[0] ?? '';
}
