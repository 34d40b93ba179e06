import { AadstsRefusal } from './aadsts.ts';
import type { Cloud } from './cloud.ts';
import type { Directory } from './directory.ts';
import { type EntraEnvironment, environments } from './environments.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
import { requestedTenant } from './requested-tenant.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * `/{tenant}/v2.0/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, 4, with Entra's own fields). Where
 * the path names no tenant the issuer has the place-holder `{tenantid}`.
 */
export function openIdConfiguration(request: HttpRequest, tenantName: string, cloud: Cloud, directory: Directory) {
  const { environment } = cloud;
  const tenant = requestedTenant(environment, directory, tenantName)?.id;
  const base = `https://${request.host}/${tenant ?? tenantName}`;
  return jsonResponse(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `https://${environment.issuer}/${tenant ?? '{tenantid}'}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    tenant_region_scope: null,
    cloud_instance_name: environment.instance,
    msgraph_host: environment.graph,
  });
}

/** The hosts a cloud's authority goes by. The first is the one to ask, the second the one a token cache files it under. */
function aliasesOf({ name, authority, issuer }: EntraEnvironment): string[] {
  if (name !== 'AzureCloud') return [...new Set([authority, issuer])];
  return [authority, 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'];
}

/** `/common/discovery/instance`: which authorities there are. An authority that is none of them is refused (50049). */
export function instanceDiscovery(request: HttpRequest): HttpResponse {
  const asked = URL.parse(request.query.get('authorization_endpoint') ?? '');
  if (asked === null) throw new AadstsRefusal(900144, { reason: "'authorization_endpoint'" });
  const clouds = Object.values(environments);
  if (!clouds.some(cloud => aliasesOf(cloud).includes(asked.host))) throw new AadstsRefusal(50049);
  const tenant = asked.pathname.split('/')[1] ?? 'common';
  return jsonResponse(200, {
    tenant_discovery_endpoint: `https://${asked.host}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: clouds.map(cloud => {
      const [first = cloud.authority, second = first] = aliasesOf(cloud);
      return { preferred_network: first, preferred_cache: second, aliases: aliasesOf(cloud) };
    }),
  });
}

/** `/{tenant}/discovery/v2.0/keys` (RFC 7517, 5). */
export function keySet(cloud: Cloud, { publicJwk }: SigningKey): HttpResponse {
  return jsonResponse(200, { keys: [{ ...publicJwk, issuer: `https://${cloud.environment.issuer}/{tenantid}/v2.0` }] });
}
