import type { AuthenticationResult } from '@azure/msal-node';
import { type AccessTokenClaims, readAccessToken } from './access-token.ts';
import { AccountTokens } from './account-tokens.ts';
import { AuthError } from './auth-error.ts';
import { wrongAnswer } from './authority/answer.ts';
import { authorityError } from './authority/error.ts';
import { personClaim } from './claims.ts';
import type { AccessToken, Connection } from './connection.ts';
import type { AuthContext } from './context.ts';
import { msalTokenSource } from './msal-token-source.ts';
import { msalRefreshTokens } from './msal-validators.ts';
import { NetworkClient } from './network/client.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { tokenPermissions } from './token-permissions.ts';

/** A connection over MSAL. */
export interface MsalConnection extends Connection {
  /** The newest refresh token, where the authority has given one. */
  refreshToken(): string | undefined;
}

/** Signs in over MSAL. Rejects as `signIn` does. */
export async function msalSignIn(request: SignInRequest, call: SignInCall): Promise<MsalConnection> {
  const address = request.environment.activeDirectoryAuthority;
  const network = new NetworkClient(call, await call.network(address));
  let currentCall = call;
  const source = msalTokenSource(request, network, () => currentCall);

  async function exchange(action: () => Promise<AuthenticationResult | null>): Promise<AuthenticationResult> {
    network.clear();
    try {
      return (await action()) ?? fail('the authority gave no token');
    } catch (error) {
      currentCall.signal.throwIfAborted();
      throw toAuthError(error, network, request);
    }
  }

  let result: AuthenticationResult;
  try {
    result = await exchange(source.acquire);
  } catch (error) {
    await network.close();
    throw error;
  }
  const account = accountOf(result, request);
  // A person may have been signed in as somebody else: by a browser that remembers, or by somebody else who had the page.
  if (['interactive', 'deviceCode'].includes(request.flow.kind)) {
    call.tell(`Signed in as ${account.identifier} in tenant ${account.tenant}.`);
  }
  let current = accessTokenOf(result);
  const tokens = new AccountTokens();
  tokens.keep(request.scope, current);

  async function close(): Promise<void> {
    tokens.clear();
    current = { ...current, token: '' };
    source.clear();
    await network.close();
  }

  return {
    context: { account, environment: request.environment },
    get current() {
      return current;
    },
    refreshToken: () => refreshTokenOf(source.serializedTokens()),
    async accessToken(renewing, query = {}) {
      const { scope = request.scope, force = false, rejected, claims } = query;
      const token = await tokens.get(
        { ...query, scope },
        {
          signal: renewing.signal,
          prepare: async () => ({
            settings: await renewing.network(address),
            assertion: await source.prepare?.(renewing),
          }),
          async renew({ settings, assertion }) {
            currentCall = renewing;
            await network.continueFor(renewing, settings);
            const silent = {
              scopes: scope.split(' '),
              force: force || rejected !== undefined,
              ...(claims !== undefined && { claims }),
              assertion,
            };
            const renewed = await exchange(() => source.renew(result, silent));
            if (scope === request.scope) result = renewed;
            return accessTokenOf(renewed);
          },
        },
      );
      if (scope === request.scope) current = token;
      return token;
    },
    close,
    async forget(forgetting) {
      currentCall = forgetting;
      await source.forget?.();
      await close();
    },
  };
}

function accessTokenOf({ accessToken, expiresOn, scopes }: AuthenticationResult): AccessToken {
  return { token: accessToken, expiresOn: expiresOn ?? new Date(), ...tokenPermissions(accessToken, scopes) };
}

/** The refresh token in MSAL's cache, given as its text: that of the one account in it. */
function refreshTokenOf(cache: string): string | undefined {
  const value: unknown = JSON.parse(cache);
  if (!msalRefreshTokens.accepts(value)) return undefined;
  return Object.values(value.RefreshToken).at(-1)?.secret;
}

function accountOf(result: AuthenticationResult, { flow, clientId, tenant }: SignInRequest): AuthContext['account'] {
  if (flow.kind === 'managedIdentity') {
    const { objectId, applicationId, tenantId } = principalOf(result.accessToken) ?? {};
    const identifier = applicationId || clientId || objectId || '';
    return { objectId: objectId ?? '', identifier, tenant: tenantId ?? tenant, type: 'ManagedService' };
  }
  if (flow.kind !== 'clientCredentials' && flow.kind !== 'federatedToken') {
    const { uniqueId, idTokenClaims, tenantId } = result;
    const identifier = personClaim({ ...idTokenClaims }) || uniqueId;
    return { objectId: uniqueId, identifier, tenant: tenantId || tenant, type: 'User' };
  }
  const type =
    flow.kind === 'clientCredentials' && flow.proof.kind === 'certificate' ? 'Certificate' : 'ServicePrincipal';
  const { objectId, tenantId } = principalOf(result.accessToken) ?? { objectId: clientId, tenantId: tenant };
  return { objectId, identifier: clientId, tenant: tenantId, type };
}

/** An application gets no id token, so what it is in its tenant stands in the access token alone, where that is a JWT. */
function principalOf(accessToken: string): AccessTokenClaims | undefined {
  try {
    // Whether it has expired is for the authority's clock, not for this computer's.
    return readAccessToken(accessToken, new Date(0));
  } catch (error) {
    if (error instanceof AuthError) return undefined;
    throw error;
  }
}

function toAuthError(error: unknown, network: NetworkClient, request: SignInRequest): unknown {
  if (error instanceof AuthError) return error;
  if (network.failure !== undefined) return network.failure;
  if (network.refusal !== undefined) return authorityError(network.refusal, request, error);
  const code = errorCodeOf(error);
  if (code === 'device_code_expired') return authorityError({ error: 'expired_token' }, request, error);
  const fault = answerFaults.get(code);
  if (fault !== undefined) return wrongAnswer(new URL(request.environment.activeDirectoryAuthority).host, fault, error);
  return error;
}

/** What MSAL finds in an answer, by its error codes. */
const answerFaults = new Map([
  ['nonce_mismatch', 'its id_token belongs to another sign-in'],
  ['issuer_validation_failed', 'its configuration has another issuer'],
  ['endpoints_resolution_error', 'its configuration names no endpoints'],
  ['token_parsing_error', 'its id_token cannot be read'],
  ['client_info_decoding_error', 'its client_info cannot be read'],
]);

function errorCodeOf(error: unknown): string {
  return error instanceof Error && 'errorCode' in error ? String(error.errorCode) : '';
}

function fail(reason: string): never {
  throw new Error(`MSAL: ${reason}.`);
}
