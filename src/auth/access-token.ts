import { AuthError } from './auth-error.ts';
import { type Claims, guidClaim, personClaim, readTokenPart, textClaim } from './claims.ts';
import { objectAsText } from './pasted-text.ts';

/** What an access token of Entra ID says of itself. */
export interface AccessTokenClaims {
  readonly tenantId: string;
  /** Empty where the token has none. */
  readonly objectId: string;
  /** What the person is called, or the application's id where the token is an application's own. */
  readonly identifier: string;
  readonly applicationId: string;
  readonly audience: string;
  readonly expiresOn: Date;
}

const getAnother = 'Get a new access token for Microsoft Graph and pass the whole of it.';
const takeText =
  'Pass the text of the token; of a SecureString that is (ConvertFrom-SecureString $secure -AsPlainText).';

/**
 * Reads a JSON Web Token's claims (RFC 7519; Entra's v1.0 and v2.0 access tokens). The signature is not checked: only
 * the resource that the token is for can do that. So ids are GUIDs or an error, and texts are as they may be shown.
 *
 * @param now the time to compare `exp` with
 * @throws AuthError `MalformedAccessToken` or `ExpiredAccessToken`
 */
export function readAccessToken(token: string, now: Date = new Date()): AccessTokenClaims {
  const object = objectAsText(token);
  if (object !== undefined) throw malformed(`it is ${object}`, takeText);
  const parts = token.split('.');
  if (parts.length !== 3) throw malformed('it is not a JSON Web Token: that has three parts with dots between them');
  const [header = '', payload = ''] = parts;
  readPart(header, 'header');
  const claims = readPart(payload, 'payload');

  const { exp } = claims;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw malformed("its 'exp' claim is missing or not a number");
  const tenantId = id(claims, 'tid');
  if (tenantId === '') throw malformed("it has no 'tid' claim, so it is not from Entra ID");
  const objectId = id(claims, 'oid');
  const applicationId = id(claims, 'appid') || id(claims, 'azp');
  const expiresOn = new Date(exp * 1000);
  if (Number.isNaN(expiresOn.getTime())) throw malformed("its 'exp' claim is not a time");
  if (expiresOn <= now) throw expiredAccessToken(expiresOn);
  return {
    tenantId,
    objectId,
    identifier: isOfPerson(claims) ? personClaim(claims) || objectId : applicationId,
    applicationId,
    audience: textClaim(claims, 'aud'),
    expiresOn,
  };
}

/** Whether a token is a person's: `idtyp` is optional, and only a person's has delegated permissions or a name. */
function isOfPerson(claims: Claims): boolean {
  if (claims.idtyp === 'app') return false;
  return claims.idtyp === 'user' || claims.scp !== undefined || personClaim(claims) !== '';
}

function id(claims: Claims, name: string): string {
  const value = guidClaim(claims, name);
  if (value === false) throw malformed(`its '${name}' claim is not a GUID`);
  return value ?? '';
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

function readPart(part: string, name: string): Claims {
  const claims = readTokenPart(part);
  if (typeof claims === 'string') throw malformed(`its ${name} ${claims}`);
  return claims;
}

function malformed(reason: string, action = getAnother): AuthError {
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
