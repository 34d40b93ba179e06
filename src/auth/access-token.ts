import { AuthError } from './auth-error.ts';

/** What an access token of Entra ID says of itself. */
export interface AccessTokenClaims {
  readonly tenantId: string;
  readonly objectId: string;
  /** The user's sign-in name, or the application's id where the token is an application's own. */
  readonly identifier: string;
  readonly applicationId: string;
  readonly audience: string;
  readonly expiresOn: Date;
}

const action = 'Get a new access token for Microsoft Graph and pass the whole of it.';

/**
 * Reads a JSON Web Token's claims (RFC 7519; Entra's v1.0 and v2.0 access tokens). The signature is not checked: only
 * the resource that the token is for can do that. Throws `MalformedAccessToken` or `ExpiredAccessToken`.
 *
 * @param now the time to compare `exp` with
 */
export function readAccessToken(token: string, now: Date = new Date()): AccessTokenClaims {
  const parts = token.trim().split('.');
  if (parts.length !== 3) throw malformed('it is not a JSON Web Token: that has three parts with dots between them');
  const [header = '', payload = ''] = parts;
  readPart(header, 'header');
  const claims = readPart(payload, 'payload');
  const text = (...names: string[]) => names.map(name => claims[name]).find(value => typeof value === 'string') ?? '';

  const { exp, aud } = claims;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw malformed("its 'exp' claim is missing or not a number");
  const tenantId = text('tid');
  if (tenantId === '') throw malformed("it has no 'tid' claim, so it is not from Entra ID");
  const expiresOn = new Date(exp * 1000);
  if (Number.isNaN(expiresOn.getTime())) throw malformed("its 'exp' claim is not a time");
  if (expiresOn <= now) throw expiredAccessToken(expiresOn);
  const applicationId = text('appid', 'azp');
  return {
    tenantId,
    objectId: text('oid', 'sub'),
    identifier: text('upn', 'unique_name', 'preferred_username') || applicationId,
    applicationId,
    audience: typeof aud === 'string' ? aud : '',
    expiresOn,
  };
}

/** The error for a token that cannot be used any more. */
export function expiredAccessToken(expiresOn: Date): AuthError {
  return new AuthError({
    code: 'ExpiredAccessToken',
    message: `The access token expired at ${formatTime(expiresOn)}.`,
    recommendedAction: 'Get a new access token and pass that.',
    target: 'AccessToken',
  });
}

function readPart(part: string, name: string): Record<string, unknown> {
  // Buffer takes any text for base64url, so the alphabet is checked first.
  if (!/^[A-Za-z0-9_-]+$/.test(part)) throw malformed(`its ${name} is not base64url`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    throw malformed(`its ${name} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`its ${name} is not a JSON object`);
  }
  return { ...value };
}

function malformed(reason: string): AuthError {
  return new AuthError({
    code: 'MalformedAccessToken',
    message: `The access token cannot be read: ${reason}.`,
    recommendedAction: action,
    target: 'AccessToken',
  });
}

function formatTime(time: Date): string {
  return time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}
