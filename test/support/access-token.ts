/** The text of a JSON Web Token (RFC 7519) with these claims, whose signature nobody made. */
export function unsignedToken(claims: object, signature = 'c2lnbmF0dXJl'): string {
  return `${encodePart({ typ: 'JWT', alg: 'RS256' })}.${encodePart(claims)}.${signature}`;
}

/** A part of a token: its JSON in base64url. */
export function encodePart(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
