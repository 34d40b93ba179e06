import { readdir } from 'node:fs/promises';
import module from 'node:module';
import path from 'node:path';
import type { AsyncEntry } from '@napi-rs/keyring';
import { type KeyGuard, TokenCacheUnavailable } from '../auth/token-cache/guard.ts';

type Keyring = typeof import('@napi-rs/keyring');

/** How long a person has to unlock the keyring, when it asks. */
const UNLOCK_LIMIT_MS = 60_000;
const SCOPE = '@napi-rs';

/** macOS and Linux: an entry of the Keychain, or of the Secret Service (GNOME Keyring, KWallet, KeePassXC …). */
export function keyringKeyGuard(): KeyGuard {
  return {
    async read(id, signal) {
      const secret = await ask(id, signal, entry => entry.getSecret());
      return secret === null ? undefined : Buffer.from(secret);
    },
    async write(id, key, signal) {
      await ask(id, signal, entry => entry.setSecret(key));
    },
    async remove(id, signal) {
      await ask(id, signal, entry => entry.deletePassword());
    },
  };
}

async function ask<T>(id: string, signal: AbortSignal, action: (entry: AsyncEntry) => Promise<T>): Promise<T> {
  const { AsyncEntry } = await loadKeyring();
  const limit = AbortSignal.timeout(UNLOCK_LIMIT_MS);
  const ended = Promise.withResolvers<never>();
  const stop = AbortSignal.any([signal, limit]);
  stop.addEventListener('abort', () => ended.reject(stop.reason), { once: true });
  try {
    // Without `store` the package falls back to the kernel's keyring in silence, and that one forgets.
    const entry = new AsyncEntry('SecMgmt', `token cache key ${id}`, { linux: { store: 'secret-service' } });
    return await Promise.race([action(entry), ended.promise]);
  } catch (error) {
    signal.throwIfAborted();
    const name = process.platform === 'darwin' ? 'the Keychain' : 'the Secret Service';
    const reason = limit.aborted ? 'nobody has unlocked it' : messageOf(error);
    throw new TokenCacheUnavailable(`${name} gives no place for the cache's key (${reason})`, { cause: error });
  }
}

/**
 * Loads the package of this platform from beside the core and from nowhere else. The package above it would go by
 * NAPI_RS_* variables, run `ldd`, and look through every folder above the module.
 */
async function loadKeyring(): Promise<Keyring> {
  const folder = path.join(import.meta.dirname, 'node_modules', SCOPE);
  const platform = `${process.platform}-${process.arch}`;
  // A folder that cannot be read has no package for us, which is told below.
  const names = await readdir(folder).catch(() => []);
  const require = module.createRequire(import.meta.url);
  let cause: unknown;
  // On Linux there may be one for each C library.
  for (const name of names.filter(each => `${each}-`.startsWith(`keyring-${platform}-`)).sort()) {
    try {
      const keyring: Keyring = require(path.join(folder, name));
      return keyring;
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
