import type { AuthenticationResult, ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import type { SignInCall } from './sign-in-call.ts';

/** Which token MSAL is asked to renew. */
export interface SilentRequest {
  readonly scopes: string[];
  /** Passes over the tokens that MSAL keeps. */
  readonly force: boolean;
  readonly claims?: string;
  /** What `prepare` returned. */
  readonly assertion?: string | undefined;
}

/** Gets a first token over MSAL, renews it, and forgets it. */
export interface TokenSource {
  acquire(): Promise<AuthenticationResult | null>;
  /** Has PowerShell's process sign the client assertion of the next renewal; absent where nothing is signed. */
  prepare?(call: SignInCall): Promise<string>;
  renew(result: AuthenticationResult, request: SilentRequest): Promise<AuthenticationResult | null>;
  /** MSAL's cache with the account's tokens, as text; MSAL gives a refresh token in no other way. */
  serializedTokens(): string;
  /** Has MSAL drop the account's tokens. */
  clear(): void;
  /** Takes the tokens out of where they outlive this process; absent where there is no such place. */
  forget?(): Promise<void>;
}

/** Renews a token with what MSAL keeps of its account. */
export async function renewSilently(
  client: PublicClientApplication | ConfidentialClientApplication,
  { account }: AuthenticationResult,
  { scopes, force, claims }: SilentRequest,
): Promise<AuthenticationResult> {
  if (account === null) throw new Error('MSAL: the authority told no account.');
  return await client.acquireTokenSilent({ account, scopes, forceRefresh: force, ...(claims && { claims }) });
}

/** What `TokenSource` has of a client's cache. */
export function cacheOf(
  client: () => PublicClientApplication | ConfidentialClientApplication,
): Pick<TokenSource, 'serializedTokens' | 'clear'> {
  return {
    serializedTokens: () => client().getTokenCache().serialize(),
    clear: () => client().clearCache(),
  };
}
