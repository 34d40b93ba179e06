import { describe, expect, test } from 'vitest';
import { AuthError } from '../../src/auth/auth-error.ts';
import { authorityError } from '../../src/auth/authority/error.ts';
import {
  accessTokenSignIn,
  applicationSignIn,
  certificateProof,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../../src/auth/sign-in-request.ts';
import { unsignedToken } from '../support/access-token.ts';

// What is pasted has things around and in it that nobody sees, and may be a secret in the wrong place.

const guid = '00001111-aaaa-2222-bbbb-3333cccc4444';
const exp = Math.floor(Date.now() / 1000) + 3600;
const accessToken = unsignedToken({ tid: guid, oid: guid, exp }, 's'.repeat(40));
const refreshToken = '0.AXoA-refresh_token~of.80!$*-characters-and-so-on-and-so-on-and-so-on-and-so-on-and.so-on';
const thumbprint = 'AB'.repeat(20);

/** Each kind of value: what is taken for it. */
const kinds: readonly [name: string, value: string, taken: (text: string) => string][] = [
  ['a tenant id', guid, text => userSignIn({ tenant: text }, false).tenant],
  ['a domain', 'contoso.example', text => userSignIn({ tenant: text }, false).tenant],
  ['an application id', guid, text => refreshTokenSignIn({}, text, 'r').clientId],
  ['a thumbprint', thumbprint, text => String(Object.values(certificateProof(text))[1])],
  ['an access token', accessToken, text => tokenOf(accessTokenSignIn({}, text))],
  ['a refresh token', refreshToken, text => tokenOf(refreshTokenSignIn({}, guid, text))],
];

function tokenOf({ flow }: SignInRequest): string {
  if (flow.kind === 'accessToken') return flow.accessToken;
  return flow.kind === 'refreshToken' ? flow.refreshToken : '';
}

/** What the call throws. */
function errorOf(action: () => unknown): AuthError {
  try {
    action();
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe.each(kinds)('%s', (_name, value, taken) => {
  test.each([
    ['as it is', value],
    ['with blanks around it', `  ${value}\t`],
    ['with line ends around it', `\r\n${value}\r\n`],
    ['with no-break spaces around it', `\u00a0${value}\u202f`],
    ['in double quotes', `"${value}"`],
    ['in single quotes', `'${value}'\n`],
    ['in curly quotes', `“${value}”`],
    ['in quotes of quotes', `' "${value}" '`],
    ['with a byte order mark', `\ufeff${value}`],
    ['with marks of direction', `\u200e\u202a${value}\u202c\u2066\u2069`],
    ['with marks without width in it', `${value.slice(0, 5)}\u200b\u200d\u2060\u00ad${value.slice(5)}`],
    ['with control characters in it', `\u0000${value.slice(0, 5)}\u001b\u0007${value.slice(5)}`],
  ])('is taken %s', (_how, text) => expect(taken(text)).toBe(value));
});

describe.each(kinds.filter(([name]) => name.endsWith('token')))('%s', (_name, value, taken) => {
  test.each([
    ['behind Bearer', `Bearer ${value}`],
    ['behind BEARER, in quotes', `"BEARER  ${value}"`],
    ['as a header', `Authorization: Bearer ${value}\r\n`],
    ['in quotes behind Bearer', `Bearer "${value}"`],
    ['wrapped at a column', value.replaceAll(/(.{20})/g, '$1\r\n  ')],
  ])('is taken %s', (_how, text) => expect(taken(text)).toBe(value));

  test.each([
    ['System.Security.SecureString', "it is the text 'System.Security.SecureString'"],
    ['"System.Security.SecureString" ', "it is the text 'System.Security.SecureString'"],
    ['System.Object[]', "it is the text 'System.Object[]'"],
    [`{ "access_token": "${value}" }`, 'it is a whole object and not the property of it that has the token'],
    [`@{token=${value}}`, 'it is a whole object and not the property of it that has the token'],
  ])('is refused by name as %s', (text, reason) => {
    const error = errorOf(() => taken(text));
    expect(error.code).toMatch(/^Malformed(Access|Refresh)Token$/);
    expect(error.message).toContain(`: ${reason}.`);
    expect(error.recommendedAction).toContain('ConvertFrom-SecureString $secure -AsPlainText');
    expect(error.message + error.recommendedAction + error.target).not.toContain(value);
  });
});

test.each([
  ['of nothing but white space', ' \r\n\u200b', 'there is nothing but white space in it'],
  ['with a letter that no token has', `${refreshToken}ä`, 'it has a character that no token has'],
])('a refresh token %s is refused before it is sent', (_what, text, reason) => {
  const error = errorOf(() => refreshTokenSignIn({}, guid, text));
  expect(error).toMatchObject({
    code: 'MalformedRefreshToken',
    target: 'RefreshToken',
    message: `The refresh token cannot be used: ${reason}.`,
  });
});

test.each([
  ['a tenant id in braces', () => userSignIn({ tenant: `{${guid.toUpperCase()}}` }, false).tenant, guid],
  ['an application id in parentheses', () => refreshTokenSignIn({}, ` (${guid}) `, 'r').clientId, guid],
  ['with hyphens of a text editor', () => refreshTokenSignIn({}, guid.replaceAll('-', '‑'), 'r').clientId, guid],
  ['with colons', () => certificateProof('ab:'.repeat(20).slice(0, -1)), { kind: 'certificate', thumbprint }],
])('a value is taken as %s', (_how, taken, expected) => expect(taken()).toEqual(expected));

describe('A wrong value', () => {
  const places: readonly [name: string, place: (text: string) => unknown, likely: string][] = [
    ['Tenant', text => userSignIn({ tenant: text }, false), 'contoso .com'],
    ['Tenant', text => userSignIn({ tenant: text }, false), 'https://contoso.com'],
    ['ApplicationId', text => refreshTokenSignIn({}, text, 'r'), guid.slice(1)],
    ['ApplicationId', text => applicationSignIn({}, text, { kind: 'secret', secret: 's' }), guid.slice(1)],
    ['CertificateThumbprint', text => certificateProof(text), 'ab cd'],
  ];

  test.each(places)('of %s that looks like a right one is shown', (_name, place, likely) => {
    const error = errorOf(() => place(likely));
    expect(error.message).toContain(`'${likely}'`);
    expect(error.target).toBe(likely);
  });

  // A secret as Entra ID makes it, tokens, and a password.
  test.each(places)('of %s that may be a secret is not', (name, place) => {
    for (const secret of [
      'Ab1~8Q.secret_value-Z9',
      refreshToken,
      accessToken,
      'Pa$$w0rd!',
      `${'deadbeef'.repeat(4)}~`,
    ]) {
      const { message, target, recommendedAction } = errorOf(() => place(secret));
      expect(message).toContain(`(${secret.length} characters, not shown)`);
      expect(target).toBe(name);
      for (const length of [4, 8]) expect(message + recommendedAction).not.toContain(secret.slice(0, length));
    }
  });
});

describe('The refusal of a client secret', () => {
  const adviceFor = (secret: string) =>
    authorityError(
      { error: 'invalid_client', error_codes: [7000215] },
      applicationSignIn({ tenant: guid }, guid, { kind: 'secret', secret }),
    ).recommendedAction;

  test.each([
    ['secret~value\n', 'it begins or ends with white space.'],
    [' secret~value', 'it begins or ends with white space.'],
    ['"secret~value"', 'it is in quotes.'],
    ['secret~\u200bvalue', 'it has a character that cannot be seen.'],
    ['Bearer secret~value', "it begins with 'Bearer'."],
    [guid, 'it is a GUID, as the id of a secret is.'],
    ['System.Security.SecureString', "it is the text 'System.Security.SecureString'."],
    ['"secret~value"\r\n', 'it begins or ends with white space, and it is in quotes.'],
  ])('names what is odd about %j, and not the secret', (secret, oddity) => {
    const advice = adviceFor(secret);
    expect(advice).toMatch(
      new RegExp(`^Look at what was passed: ${oddity.replaceAll('.', '\\.')} Pass the secret's value`),
    );
    if (secret.includes('~')) expect(advice).not.toContain('secret~');
  });

  test('says nothing of one that looks right', () => {
    expect(adviceFor('Ab1~8Q.secret_value-Z9')).toMatch(/^Pass the secret's value/);
  });
});
