import type { AuthenticationResult } from '@azure/msal-node';
import { readAccessToken } from './access-token.ts';
import { AuthError } from './auth-error.ts';
import { wrongAnswer } from './authority/answer.ts';
import { authorityError } from './authority/error.ts';
import { personClaim } from './claims.ts';
import type { Connection } from './connection.ts';
import type { AuthContext } from './context.ts';
import { confidentialClient, publicClient } from './msal-client.ts';
import { NetworkClient } from './network/client.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { renewSilently, type TokenSource } from './token-source.ts';
import { userTokenSource } from './user-token-source.ts';

/** Signs in over MSAL. Rejects as `signIn` does. */
export async function msalSignIn(request: SignInRequest, call: SignInCall): Promise<Connection> {
  const address = request.environment.activeDirectoryAuthority;
  const network = new NetworkClient(call, await call.network(address));
  let currentCall = call;
  const source = tokenSource(request, network, () => currentCall);

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
  return {
    context: { account, environment: request.environment },
    async accessToken(renewing, { force = false } = {}) {
      currentCall = renewing;
      await network.continueFor(renewing, await renewing.network(address));
      result = await exchange(() => source.renew(result, force));
      return { token: result.accessToken, expiresOn: result.expiresOn ?? new Date() };
    },
    close: () => network.close(),
    async forget(forgetting) {
      currentCall = forgetting;
      await source.forget?.();
      await network.close();
    },
  };
}

function tokenSource(request: SignInRequest, network: NetworkClient, currentCall: () => SignInCall): TokenSource {
  const { flow, scope } = request;
  const scopes = [scope];
  switch (flow.kind) {
    case 'interactive':
    case 'deviceCode':
      return userTokenSource(request, network, currentCall);
    case 'refreshToken': {
      const { refreshToken, proof } = flow;
      const client = proof ? confidentialClient(request, network, proof, currentCall) : publicClient(request, network);
      // Only with `forceCache` does MSAL keep the new refresh token that comes with the access token.
      const acquire = () => client.acquireTokenByRefreshToken({ refreshToken, scopes, forceCache: true });
      return { acquire, renew: (result, force) => renewSilently(client, request, result, force) };
    }
    case 'clientCredentials': {
      const client = confidentialClient(request, network, flow.proof, currentCall);
      const acquire = (skipCache: boolean) => client.acquireTokenByClientCredential({ scopes, skipCache });
      return { acquire: () => acquire(false), renew: (_, force) => acquire(force) };
    }
    case 'accessToken':
      throw new TypeError('An access token is no matter for MSAL.');
  }
}

function accountOf(result: AuthenticationResult, { flow, clientId, tenant }: SignInRequest): AuthContext['account'] {
  if (flow.kind !== 'clientCredentials') {
    const { uniqueId, idTokenClaims, tenantId } = result;
    const identifier = personClaim({ ...idTokenClaims }) || uniqueId;
    return { objectId: uniqueId, identifier, tenant: tenantId || tenant, type: 'User' };
  }
  const type = flow.proof.kind === 'certificate' ? 'Certificate' : 'ServicePrincipal';
  const { objectId, tenantId } = principalOf(result.accessToken) ?? { objectId: clientId, tenantId: tenant };
  return { objectId, identifier: clientId, tenant: tenantId, type };
}

/** An application gets no id token, so what it is in its tenant stands in the access token alone, where that is a JWT. */
function principalOf(accessToken: string): { objectId: string; tenantId: string } | undefined {
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
