import type { AuthContext } from './context.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { TokenPermissions } from './token-permissions.ts';

/** A token for one resource. */
export interface AccessToken extends TokenPermissions {
  readonly token: string;
  readonly expiresOn: Date;
}

/** Which token is asked for. */
export interface TokenQuery {
  /** The scope, such as `https://management.azure.com/.default`; absent for the one that was signed in to. */
  readonly scope?: string;
  /** Renews in any case. */
  readonly force?: boolean;
  /** The token that the resource has refused: another one is asked for. */
  readonly rejected?: string;
  /** What the resource wants to see in the token (OpenID Connect Core, section 5.5), as JSON. */
  readonly claims?: string;
}

/** An account that is signed in, with what renews its token. */
export interface Connection {
  readonly context: AuthContext;
  /** The newest token for the resource that was signed in to. It may have expired. */
  readonly current: AccessToken;
  /**
   * Returns an access token that is still valid, renewed without a question where it must be. Calls that need a new token at
   * the same time share one renewal. Rejects with `AuthError` when the authority no longer renews it.
   */
  accessToken(call: SignInCall, query?: TokenQuery): Promise<AccessToken>;
  /** Drops every token in this process. */
  close(): Promise<void>;
  /** Drops every token, across sessions as well. */
  forget(call: SignInCall): Promise<void>;
}
