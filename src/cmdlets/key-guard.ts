import type { Invocation } from 'ts-cmdlet';
import type { KeyGuard } from '../auth/token-cache/guard.ts';

/** The platform's guard for the token cache's key: DPAPI, the Keychain or the Secret Service. Loaded when it is asked. */
export function platformKeyGuard(invocation: Invocation): KeyGuard {
  return {
    read: async (id, signal) => (await loadGuard(invocation)).read(id, signal),
    write: async (id, key, signal) => (await loadGuard(invocation)).write(id, key, signal),
    remove: async (id, signal) => (await loadGuard(invocation)).remove(id, signal),
  };
}

async function loadGuard(invocation: Invocation): Promise<KeyGuard> {
  if (process.platform === 'win32') return (await import('./dpapi-key-guard.ts')).dpapiKeyGuard(invocation);
  return (await import('./keyring-key-guard.ts')).keyringKeyGuard();
}
