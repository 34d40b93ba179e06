import type { AccessToken } from './connection.ts';
import type { AuthContext } from './context.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** Tokens for the caller to keep. */
export interface NewToken {
  readonly account: AuthContext['account'];
  readonly access: AccessToken;
  /** Where the authority gave one. */
  readonly refreshToken: string | undefined;
}

/** Signs in for a token alone: nothing of it stays, in this session or in the token cache. Rejects as `signIn` does. */
export async function acquireToken(request: SignInRequest, call: SignInCall): Promise<NewToken> {
  const { msalSignIn } = await import('./msal-sign-in.ts');
  const { keyGuard: _, ...uncached } = call;
  const connection = await msalSignIn(request, uncached);
  try {
    return { account: connection.context.account, access: connection.current, refreshToken: connection.refreshToken() };
  } finally {
    await connection.close();
  }
}
