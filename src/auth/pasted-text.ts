// Values are pasted from dialogs, mails, HTTP headers and CI secrets: what comes along is dropped, by one rule for all.

/** What cannot be seen: format characters, default ignorables, and controls but white space. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu;
const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
  ['»', '«'],
];
const braces: readonly (readonly [string, string])[] = [
  ['{', '}'],
  ['(', ')'],
];
const header = /^(authorization\s*:\s*)?bearer\s+|^authorization\s*:\s*/i;

/** A name without what stands around it: white space, quotes, and marks that cannot be seen, wherever those are. */
export function pastedName(text: string): string {
  return unwrap(text.replaceAll(unseen, ''), quotes);
}

/** A GUID without what stands around it, braces as well, in lower case and with plain hyphens. It need not be one. */
export function pastedGuid(text: string): string {
  return unwrap(text.replaceAll(unseen, ''), [...quotes, ...braces])
    .replaceAll(/\p{Pd}/gu, '-')
    .toLowerCase();
}

/** A token without what stands around it, `Bearer` as well, and without the white space of a line that was wrapped. */
export function pastedToken(text: string): string {
  let token = text.replaceAll(unseen, '');
  for (let before = ''; token !== before; ) {
    before = token;
    token = unwrap(token, quotes).replace(header, '');
  }
  return token.replaceAll(/\s/g, '');
}

/** Why a token is no token but what an object becomes as text, to stand behind "it is"; nothing where it may be one. */
export function objectAsText(token: string): string | undefined {
  if (/^(System|Microsoft)(\.[A-Za-z_]\w*)+(\[\])?$/.test(token)) return `the text '${token}'`;
  return /^@?\{/.test(token) ? 'a whole object and not the property of it that has the token' : undefined;
}

/**
 * A wrong value as an error may show it: in quotes where all of it looks like what it should be, else by its length
 * alone, because it may be a secret that was passed to the wrong parameter.
 */
export function shownValue(text: string, looksRight: RegExp): string {
  return looksRight.test(text) ? `'${text}'` : `(${text.length} characters, not shown)`;
}

/** What about a client secret looks like a mistake of pasting, each to stand behind "it". The secret is not repeated. */
export function secretOddities(secret: string): string[] {
  const checks: [boolean, string][] = [
    [secret === 'System.Security.SecureString', "is the text 'System.Security.SecureString'"],
    [secret !== secret.trim(), 'begins or ends with white space'],
    [new RegExp(unseen, 'u').test(secret), 'has a character that cannot be seen'],
    [unwrap(secret, quotes) !== secret.trim(), 'is in quotes'],
    [header.test(secret.trim()), "begins with 'Bearer'"],
    [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(secret.trim()), 'is a GUID, as the id of a secret is'],
  ];
  return checks.flatMap(([isSo, what]) => (isSo ? [what] : []));
}

function unwrap(text: string, pairs: readonly (readonly [string, string])[]): string {
  const trimmed = text.trim();
  const pair = pairs.find(([open, close]) => trimmed.length > 1 && trimmed.startsWith(open) && trimmed.endsWith(close));
  return pair === undefined ? trimmed : unwrap(trimmed.slice(1, -1), pairs);
}
