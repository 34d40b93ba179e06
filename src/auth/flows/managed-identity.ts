import { type AuthenticationResult, ManagedIdentityApplication, AuthError as MsalError } from '@azure/msal-node';
import type { NetworkClient } from '../network/client.ts';
import { ManagedIdentityNetwork, managedIdentityUnavailable } from '../network/managed-identity-network.ts';
import type { ManagedIdentity, SignInRequest } from '../sign-in-request.ts';
import type { TokenSource } from '../token-source.ts';

const idNames = {
  clientId: 'userAssignedClientId',
  objectId: 'userAssignedObjectId',
  resourceId: 'userAssignedResourceId',
} as const;

/** Gets the tokens of a managed identity from the endpoint that the environment variables of this process name. */
export function managedIdentityTokenSource(
  request: SignInRequest,
  identity: ManagedIdentity,
  network: NetworkClient,
): TokenSource {
  emptyStatics();
  const application = new ManagedIdentityApplication({
    ...(identity.kind !== 'systemAssigned' && { managedIdentityIdParams: { [idNames[identity.kind]]: identity.id } }),
    ...(request.answersChallenges && { clientCapabilities: ['CP1'] }),
    system: { networkClient: new ManagedIdentityNetwork(network), disableInternalRetries: true },
  });
  let tokens: unknown = Reflect.get(ManagedIdentityApplication, 'nodeStorage');

  async function acquire(scope: string, claims?: string): Promise<AuthenticationResult> {
    emptyStatics(application, tokens);
    try {
      // The account keeps its tokens by itself. With claims MSAL tells the endpoint which token was refused.
      const query = claims === undefined ? { forceRefresh: true } : { claims };
      return await application.acquireToken({ resource: scope, ...query });
    } catch (error) {
      if (!(error instanceof MsalError) || network.failure !== undefined) throw error;
      throw managedIdentityUnavailable('Identity', error.errorMessage, error);
    } finally {
      emptyStatics(application);
    }
  }

  return {
    acquire: () => acquire(request.scope),
    renew: (_, { scopes, claims }) => acquire(scopes.join(' '), claims),
    serializedTokens: () => '{}',
    clear() {
      tokens = undefined;
    },
  };
}

/**
 * MSAL keeps the endpoint that it has found, with its network client, and the tokens of all managed identities in static
 * fields. A later account would use what was closed, and tokens would stay after a disconnect: so they are empty but for the
 * time of a call.
 */
function emptyStatics(application?: ManagedIdentityApplication, tokens?: unknown): void {
  Reflect.set(ManagedIdentityApplication, 'nodeStorage', tokens);
  if (application === undefined) return;
  const client: unknown = Reflect.get(application, 'managedIdentityClient');
  if (typeof client !== 'object' || client === null) throw new TypeError('MSAL: there is no managedIdentityClient.');
  for (const name of ['identitySource', 'sourceName']) Reflect.set(client.constructor, name, undefined);
}
