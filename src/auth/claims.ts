import { isGuid } from './identifiers.ts';
import { visibleText } from './visible-text.ts';

/** What a JSON Web Token says (RFC 7519, section 4). Nobody has checked any of it: values may be of any kind. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads one part of a JSON Web Token: a JSON object in base64url.
 * @returns why it cannot be read, in words to stand after its name, where it cannot
 */
export function readTokenPart(part: string): Claims | string {
  // Buffer takes any text for base64url, so the alphabet is checked first.
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return 'is not base64url';
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return 'is not JSON';
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'is not a JSON object';
}

/** The first of these claims that is a text with something in it, as it may be shown; empty where none is. */
export function textClaim(claims: Claims, ...names: string[]): string {
  const texts = names.map(name => claims[name]).filter(value => typeof value === 'string');
  return visibleText(texts.find(text => text.trim() !== '') ?? '');
}

/** What names the person whom a token is about, best first ("ID token claims reference"; guests may have no `upn`). */
export function personClaim(claims: Claims): string {
  return textClaim(claims, 'upn', 'preferred_username', 'unique_name', 'email', 'name');
}

/** The claim where it is a GUID, and nothing where it is absent. `false` for anything else. */
export function guidClaim(claims: Claims, name: string): string | undefined | false {
  const value = claims[name];
  if (value === undefined) return undefined;
  return typeof value === 'string' && isGuid(value) ? value : false;
}
