import type { Invocation } from 'ts-cmdlet';
import type { KeyGuard } from '../auth/token-cache/guard.ts';

/** The platform's guard for the token cache's key: DPAPI, the Keychain or the Secret Service. Loaded when it is asked. */
export function platformKeyGuard(invocation: Invocation): KeyGuard {
  return {
    read: async signal => (await loadGuard(invocation)).read(signal),
    write: async (key, signal) => (await loadGuard(invocation)).write(key, signal),
  };
}

async function loadGuard(invocation: Invocation): Promise<KeyGuard> {
  if (process.platform === 'win32') return (await import('./dpapi-key-guard.ts')).dpapiKeyGuard(invocation);
  return (await import('./keyring-key-guard.ts')).keyringKeyGuard();
}
