import { type AuthenticationResult, AuthError as MsalError, type PublicClientApplication } from '@azure/msal-node';
import type { AuthErrorCode } from './auth-error.ts';
import { authorityError } from './authority/error.ts';
import { deviceCodeFlow } from './flows/device-code.ts';
import { interactiveFlow } from './flows/interactive.ts';
import { publicClient } from './msal-client.ts';
import type { NetworkClient } from './network/client.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { fits } from './token-cache/account.ts';
import type { StoredAccount } from './token-cache/messages.ts';
import { TokenCachePlugin } from './token-cache/plugin.ts';
import { inMemoryWarning, TokenCache, unavailability } from './token-cache/token-cache.ts';
import { cacheOf, renewSilently, type TokenSource } from './token-source.ts';

/** Refresh tokens of which the authority says this never work again. */
const ofNoMoreUse: readonly AuthErrorCode[] = ['RefreshTokenExpired', 'RefreshTokenRevoked', 'RefreshTokenInvalid'];

/** MSAL for one person, and what keeps the person signed in across sessions, where something does. */
interface UserClient {
  readonly client: PublicClientApplication;
  readonly plugin: TokenCachePlugin | undefined;
}

/** What is known of the person before anybody is asked. */
interface KnownAccount {
  readonly cache?: TokenCache | undefined;
  /** The one account of the cache that fits. */
  readonly account?: StoredAccount;
  /** The cache cannot be used, but what it has is still to be forgotten. */
  readonly isInMemory?: boolean;
}

/**
 * Signs a person in: without a question where the token cache across sessions has one account that fits, else by asking.
 * There is such a cache where the call has a guard for its key.
 */
export function userTokenSource(
  request: SignInRequest,
  network: NetworkClient,
  currentCall: () => SignInCall,
): TokenSource {
  let current = open({});

  function open({ cache, ...known }: KnownAccount): UserClient {
    const plugin = cache && new TokenCachePlugin(cache, request, currentCall, known);
    return { client: publicClient(request, network, plugin), plugin };
  }

  return {
    async acquire() {
      const { account, ...rest } = await lookUp(request, currentCall);
      if (account !== undefined) {
        current = open({ account, ...rest });
        const result = await signInSilently(current, account, request, network, currentCall());
        if (result !== undefined) return result;
      }
      // A client of its own: nothing of another account may get into this one's entry.
      current = open(rest);
      return await signInPerson(current.client, request, currentCall(), network.environment);
    },
    renew: (result, silent) => renewSilently(current.client, result, silent),
    ...cacheOf(() => current.client),
    async forget() {
      await current.plugin?.forget();
    },
  };
}

/** Opens the token cache, where the call asks for one, and chooses the account that was asked for, if there is one. */
async function lookUp(request: SignInRequest, currentCall: () => SignInCall): Promise<KnownAccount> {
  const call = currentCall();
  if (call.keyGuard === undefined) return {};
  let cache: TokenCache | undefined;
  try {
    cache = new TokenCache(currentCall);
    const [account, ...others] = (await cache.accounts()).filter(each => fits(each, request));
    if (account !== undefined && others.length === 0) return { cache, account };
    const count = account === undefined ? 'no account' : `${others.length + 1} accounts`;
    call.verbose(
      `The token cache in ${cache.folder} has ${count} for tenant ${request.tenant} of ${request.environment.name}.`,
    );
    return { cache };
  } catch (error) {
    call.warn(inMemoryWarning(unavailability(error)));
    return { cache, isInMemory: true };
  }
}

/** Renews the tokens of an account that the cache has. Gives nothing where the authority wants the person. */
async function signInSilently(
  { client, plugin }: UserClient,
  { homeAccountId, username }: StoredAccount,
  request: SignInRequest,
  network: NetworkClient,
  call: SignInCall,
): Promise<AuthenticationResult | undefined> {
  const account = await client.getTokenCache().getAccountByHomeId(homeAccountId);
  if (account === null) return undefined;
  call.verbose(`Signing in as ${username}, whom the token cache knows.`);
  try {
    // A new token, because an old one does not tell whether the authority still lets the account in.
    return await client.acquireTokenSilent({ account, scopes: request.scope.split(' '), forceRefresh: true });
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof MsalError) || network.failure !== undefined) throw error;
    const refusal = network.refusal && authorityError(network.refusal, request);
    call.verbose(`${username} has to sign in again: ${refusal?.message ?? error.errorCode}`);
    if (refusal !== undefined && ofNoMoreUse.includes(refusal.code)) await plugin?.forget();
    network.clear();
    return undefined;
  }
}

/** Asks the person: in the browser, or with a device code where that was asked for or there is no browser. */
async function signInPerson(
  client: PublicClientApplication,
  request: SignInRequest,
  call: SignInCall,
  environment: NodeJS.ProcessEnv,
): Promise<AuthenticationResult | null> {
  if (request.flow.kind === 'deviceCode') return await deviceCodeFlow(client, request, call);
  const result = await interactiveFlow(client, request, call, environment);
  if (!('whyNot' in result)) return result;
  call.warn(`No browser can be opened here (${result.whyNot}), so a device code is used instead.`);
  return await deviceCodeFlow(client, request, call);
}
