import type { CertificateStore } from './certificate-store.ts';
import type { NetworkSettings } from './network/settings.ts';
import type { KeyGuard } from './token-cache/guard.ts';

/** What a sign-in needs of the call that it runs in. Nothing told to it may hold a token or a secret. */
export interface SignInCall {
  /** Aborted when the user stops the call. */
  readonly signal: AbortSignal;
  /** Where certificates are found and signed with. */
  readonly certificates: CertificateStore;
  /** Gives what leads to an address now. */
  network(address: string): Promise<NetworkSettings>;
  /** Where the key of the token cache is kept; absent where users stay signed in for this session alone. */
  readonly keyGuard?: KeyGuard;
  /** Tells something that the user has to act on, such as a device code, wherever it can be seen. */
  announce(message: string): Promise<void>;
  /** Tells a person who has just acted how that went: seen, and no part of the output. */
  tell(message: string): void;
  warn(message: string): void;
  verbose(message: string): void;
  /** Shows what is waited for, and for how many seconds at most. */
  waiting(activity: string, status: string, secondsRemaining: number): void;
  /** Takes down what `waiting` showed. */
  waited(activity: string): void;
}
