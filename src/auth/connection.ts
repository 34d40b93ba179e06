import type { AuthContext } from './context.ts';
import type { SignInCall } from './sign-in-call.ts';

/** A token for the resource that was signed in to. */
export interface AccessToken {
  readonly token: string;
  readonly expiresOn: Date;
}

/** An account that is signed in, with what renews its token. */
export interface Connection {
  readonly context: AuthContext;
  /**
   * Gives an access token that is still valid, renewed without a question where it must be, or in any case when
   * `force` says so. Rejects with `AuthError` when the authority does not renew it any more.
   */
  accessToken(call: SignInCall, options?: { readonly force?: boolean }): Promise<AccessToken>;
  /** Drops every token in this process. */
  close(): Promise<void>;
  /** Drops every token, across sessions as well. */
  forget(call: SignInCall): Promise<void>;
}
