import { type Claims, guidClaim, readTokenPart } from '../claims.ts';
import { authorityHostsOf } from '../environments.ts';
import { isGuid } from '../identifiers.ts';
import type { OpenIdConfiguration, TokenAnswer, UserTokenAnswer } from './messages.ts';

// What a schema cannot say of an answer. Each function returns what is wrong, in words to stand behind a colon.

/** Endpoints elsewhere would be sent secrets and codes, and an issuer elsewhere would be believed. */
export function faultOfConfiguration(url: URL, configuration: OpenIdConfiguration): string | undefined {
  const own = authorityHostsOf(url.host);
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri, end_session_endpoint } = configuration;
  const named = { issuer, authorization_endpoint, token_endpoint, jwks_uri, end_session_endpoint };
  const strange = Object.entries(named).find(([, address]) => address !== undefined && !own.includes(hostOf(address)));
  return strange && `its ${strange[0]} is at another host`;
}

/** Of the tokens for an application itself. */
export function faultOfTokens(answer: TokenAnswer): string | undefined {
  // RFC 6749, section 7.1: a client must not use a token of a type that it does not know.
  return answer.token_type.toLowerCase() === 'bearer' ? undefined : 'its access token is not a Bearer token';
}

/**
 * Of the tokens for a person: OpenID Connect Core, section 3.1.3.7. The signature is not checked, because the token comes
 * from the token endpoint over TLS (rule 6), and neither is the time, which is for the authority's clock.
 *
 * @param url the token endpoint
 * @param form what was sent
 */
export function faultOfUserTokens(url: URL, form: URLSearchParams, answer: UserTokenAnswer): string | undefined {
  const fault = faultOfTokens(answer) ?? faultOfClientInfo(answer.client_info);
  if (fault !== undefined) return fault;
  const claims = readTokenPart(answer.id_token.split('.')[1] ?? '');
  if (typeof claims === 'string') return `the payload of its id_token ${claims}`;
  for (const name of ['tid', 'oid']) {
    if (!guidClaim(claims, name)) return `the '${name}' claim of its id_token is not a GUID`;
  }
  const notText = names.find(name => claims[name] !== undefined && typeof claims[name] !== 'string');
  if (notText !== undefined) return `the '${notText}' claim of its id_token is not a text`;
  if (claims.aud !== form.get('client_id')) return 'its id_token is for another application';
  const [, tenant = ''] = url.pathname.split('/');
  if (isGuid(tenant) && tenant.toLowerCase() !== String(claims.tid).toLowerCase()) {
    return 'its id_token is of another tenant';
  }
  return isIssuer(claims, authorityHostsOf(url.host)) ? undefined : 'its id_token has another issuer';
}

/** What MSAL reads as text. */
const names = ['sub', 'upn', 'preferred_username', 'name', 'nonce', 'login_hint', 'sid'];

/** `https://HOST/TENANT/v2.0`, and `https://HOST/TENANT/` of older tokens. */
function isIssuer({ iss, tid }: Claims, hosts: readonly string[]): boolean {
  const url = typeof iss === 'string' ? URL.parse(iss) : null;
  return url?.protocol === 'https:' && hosts.includes(url.host) && url.pathname.split('/')[1] === tid;
}

/** Where the account lives ("client_info", MSAL's own): the ids of it and of its tenant. */
function faultOfClientInfo(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const info = readTokenPart(text);
  if (typeof info === 'string') return `its client_info ${info}`;
  return isText(info.uid) && isText(info.utid) ? undefined : 'its client_info names no account';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? '';
}
