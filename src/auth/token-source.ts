import type { AuthenticationResult, ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import type { SignInRequest } from './sign-in-request.ts';

/** Gets a first token over MSAL, renews it, and forgets it. */
export interface TokenSource {
  acquire(): Promise<AuthenticationResult | null>;
  renew(result: AuthenticationResult, force: boolean): Promise<AuthenticationResult | null>;
  /** Takes the tokens out of where they outlive this process; absent where there is no such place. */
  forget?(): Promise<void>;
}

/** Renews a token with what MSAL keeps of its account. */
export async function renewSilently(
  client: PublicClientApplication | ConfidentialClientApplication,
  { scope }: SignInRequest,
  { account }: AuthenticationResult,
  forceRefresh: boolean,
): Promise<AuthenticationResult> {
  if (account === null) throw new Error('MSAL: the authority told no account.');
  return await client.acquireTokenSilent({ account, scopes: [scope], forceRefresh });
}
