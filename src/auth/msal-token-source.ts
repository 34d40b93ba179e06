import type { AuthenticationResult } from '@azure/msal-node';
import { AuthError } from './auth-error.ts';
import { federatedToken } from './flows/federated-token.ts';
import { interactiveFlow } from './flows/interactive.ts';
import { managedIdentityTokenSource } from './flows/managed-identity.ts';
import { confidentialClient, federatedClient, type ProvenClient, publicClient } from './msal-client.ts';
import type { NetworkClient } from './network/client.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { cacheOf, renewSilently, type TokenSource } from './token-source.ts';
import { userTokenSource } from './user-token-source.ts';

/** Chooses how MSAL gets and renews the tokens of a sign-in. */
export function msalTokenSource(
  request: SignInRequest,
  network: NetworkClient,
  currentCall: () => SignInCall,
): TokenSource {
  const { flow } = request;
  const scopes = request.scope.split(' ');
  switch (flow.kind) {
    case 'interactive': {
      if (flow.proof === undefined) return userTokenSource(request, network, currentCall);
      const proven = confidentialClient(request, network, flow.proof, currentCall);
      const acquire = () => signInByBrowser(proven.client, request, currentCall(), network.environment);
      return { acquire, ...provenSource(proven) };
    }
    case 'deviceCode':
      return userTokenSource(request, network, currentCall);
    case 'refreshToken': {
      const { refreshToken, proof } = flow;
      // Only with `forceCache` does MSAL keep the new refresh token that comes with the access token.
      const redemption = { refreshToken, scopes, forceCache: true };
      if (proof !== undefined) {
        const proven = confidentialClient(request, network, proof, currentCall);
        return { acquire: () => proven.client.acquireTokenByRefreshToken(redemption), ...provenSource(proven) };
      }
      const client = publicClient(request, network);
      return {
        acquire: () => client.acquireTokenByRefreshToken(redemption),
        renew: (result, silent) => renewSilently(client, result, silent),
        ...cacheOf(() => client),
      };
    }
    case 'clientCredentials': {
      const proven = confidentialClient(request, network, flow.proof, currentCall);
      const { client } = proven;
      return {
        ...provenSource(proven),
        acquire: () => client.acquireTokenByClientCredential({ scopes, skipCache: false }),
        renew(_, { scopes: renewed, force, claims, assertion }) {
          proven.useAssertion(assertion);
          return client.acquireTokenByClientCredential({
            scopes: renewed,
            skipCache: force,
            ...(claims && { claims }),
          });
        },
      };
    }
    case 'federatedToken': {
      const token = () => federatedToken(flow.provider, flow.serviceConnectionId, network);
      const client = federatedClient(request, network, token);
      return {
        acquire: () => client.acquireTokenByClientCredential({ scopes, skipCache: false }),
        renew: (_, { scopes: renewed, force, claims }) =>
          client.acquireTokenByClientCredential({ scopes: renewed, skipCache: force, ...(claims && { claims }) }),
        ...cacheOf(() => client),
      };
    }
    case 'managedIdentity':
      return managedIdentityTokenSource(request, flow.identity, network);
    case 'accessToken':
      throw new TypeError('An access token is no matter for MSAL.');
  }
}

/** What renews a person's token for an application that proves itself. */
function provenSource(proven: ProvenClient): Omit<TokenSource, 'acquire'> {
  const { client, sign } = proven;
  return {
    ...(sign && { prepare: sign }),
    renew(result, silent) {
      proven.useAssertion(silent.assertion);
      return renewSilently(client, result, silent);
    },
    ...cacheOf(() => client),
  };
}

/** Signs a person in to a web application, for which a device code is no way out. */
async function signInByBrowser(
  client: ProvenClient['client'],
  request: SignInRequest,
  call: SignInCall,
  environment: NodeJS.ProcessEnv,
): Promise<AuthenticationResult> {
  const result = await interactiveFlow(client, request, call, environment);
  if (!('whyNot' in result)) return result;
  throw new AuthError({
    code: 'NoBrowser',
    message: `No browser can be opened here (${result.whyNot}), and an application that proves itself signs a person in there alone.`,
    recommendedAction: 'Call the cmdlet on a computer with a browser, or name what opens one in $BROWSER.',
    target: request.clientId,
  });
}
