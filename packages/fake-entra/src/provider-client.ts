import { randomBytes } from 'node:crypto';
import type { AllClientMetadata } from 'oidc-provider';
import type { Application } from './directory.ts';

/**
 * What the authority's front shows the providers in place of an application's own credential. An application may have
 * several secrets and certificates, each with its own end, and each refusal its own AADSTS code, where a client of
 * oidc-provider has one way to prove itself and one error: so the front has proved the application already.
 */
export const providerClientSecret: string = randomBytes(32).toString('base64url');

/** An app registration as a client of oidc-provider (RFC 7591's metadata). */
export function providerClient(application: Application): AllClientMetadata {
  return {
    client_id: application.clientId,
    client_name: application.displayName,
    client_secret: providerClientSecret,
    token_endpoint_auth_method: 'client_secret_post',
    // A native application may take any port of its loopback address (RFC 8252, 7.3), and so may any of Entra's.
    application_type: 'native',
    redirect_uris: application.redirectUris.flatMap(bothSpellings),
    response_types: ['code'],
    grant_types: [
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    id_token_signed_response_alg: 'RS256',
  };
}

/** `http://localhost` and `http://localhost/` are one URI (RFC 3986, 6.2.3), and oidc-provider compares text. */
function bothSpellings(uri: string): string[] {
  const { href, pathname, search } = new URL(uri);
  return pathname === '/' && search === '' ? [href, href.slice(0, -1)] : [uri];
}
