import Provider, { interactionPolicy } from 'oidc-provider';
import type { ClientProof } from './client-authentication.ts';
import type { Clock } from './clock.ts';
import type { Directory, Tenant } from './directory.ts';
import { environments } from './environments.ts';
import { clientProofHeader } from './provider-request.ts';
import type { ProviderStore } from './provider-store.ts';
import { oidcScopes } from './requested-scope.ts';
import type { EntraSettings } from './settings.ts';
import type { SigningKey } from './signing-key.ts';
import { accessTokenClaims, idTokenClaimNames, idTokenClaims } from './token-claims.ts';

/** What all providers share. */
export interface ProviderContext {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly settings: EntraSettings;
  readonly signingKey: SigningKey;
}

/**
 * oidc-provider as one tenant's token service: it gives out and redeems codes, checks PKCE, keeps device codes and
 * refresh tokens, and signs the tokens. What Entra ID does in its own way is in front of it: the paths, the application's
 * proof, the pages and the errors.
 */
export function createTenantProvider(tenant: Tenant, store: ProviderStore, context: ProviderContext): Provider {
  const { directory, clock, settings, signingKey } = context;
  const environment = environments[tenant.environment];
  const delegated = (clientId: string) => directory.findRegistration(clientId)?.delegatedPermissions.join(' ') ?? '';

  const provider = new Provider(`https://${environment.issuer}/${tenant.id}/v2.0`, {
    adapter: kind => store.adapter(kind),
    jwks: { keys: [signingKey.privateJwk] },
    cookies: { keys: [signingKey.publicJwk.kid ?? ''] },
    scopes: [...oidcScopes],
    claims: { openid: ['sub', ...idTokenClaimNames] },
    pkce: { required: () => false },
    interactions: { policy: interactionPolicy.base(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, _client, code) => code.scopes.has('offline_access'),
    expiresWithSession: () => false,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true, charset: 'base-20', mask: '*********' },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource, client) => ({
          scope: delegated(client.clientId),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: settings.accessTokenLifetime,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: {
      AuthorizationCode: 600,
      DeviceCode: () => settings.deviceCodeLifetime,
      Grant: 90 * 24 * 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 90 * 24 * 3600,
      Session: 600,
      AccessToken: () => settings.accessTokenLifetime,
      ClientCredentials: () => settings.accessTokenLifetime,
    },
    findAccount: (_ctx, objectId) => {
      const user = directory.findMember(objectId, tenant);
      if (user === undefined) return undefined;
      return { accountId: objectId, claims: () => ({ sub: objectId, ...idTokenClaims(tenant, user) }) };
    },
    formats: {
      customizers: {
        jwt: (ctx, token, jwt) => {
          const application = directory.findRegistration(token.clientId ?? '');
          if (application === undefined) throw new Error('The token is for no application of the directory.');
          const user = 'accountId' in token ? directory.findMember(token.accountId, tenant) : undefined;
          const claims = accessTokenClaims({
            tenant,
            application,
            user,
            proof: proofOf(ctx.get(clientProofHeader)),
            resource: String(token.aud),
            scope: token.scope ?? '',
          });
          const now = clock.seconds();
          const times = { iat: now, nbf: now, exp: now + settings.accessTokenLifetime };
          jwt.payload = { ...claims, ...times };
          jwt.header = { typ: 'JWT', x5t: signingKey.publicJwk.kid };
        },
      },
    },
  });
  provider.proxy = true;
  return provider;
}

function proofOf(header: string): ClientProof {
  return header === 'secret' || header === 'assertion' ? header : 'none';
}
