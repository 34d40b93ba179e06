import type { KeyGuard } from '../auth/token-cache-guard.ts';
import type { Invocation } from '../host/cmdlet.ts';
import { dpapiKeyGuard } from './dpapi-key-guard.ts';
import { keyringKeyGuard } from './keyring-key-guard.ts';

/** The platform's guard for the token cache's key: DPAPI, the Keychain or the Secret Service. Loads nothing yet. */
export function platformKeyGuard(invocation: Invocation): KeyGuard {
  return process.platform === 'win32' ? dpapiKeyGuard(invocation) : keyringKeyGuard();
}
