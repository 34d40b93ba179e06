/**
 * The claims that a service wants to see in a token ("Claims challenges, claims requests and client capabilities"): JSON, out
 * of `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="BASE64"`. Nothing for another challenge.
 */
export function challengedClaims(challenge: string | undefined): string | undefined {
  if (challenge === undefined || !/\berror="insufficient_claims"/.test(challenge)) return undefined;
  const [, encoded] = /\bclaims="([A-Za-z0-9+/_=-]+)"/.exec(challenge) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    const claims: unknown = JSON.parse(text);
    return typeof claims === 'object' && claims !== null ? text : undefined;
  } catch {
    return undefined;
  }
}
