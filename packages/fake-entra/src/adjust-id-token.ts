import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import type { ProviderContext } from './tenant-provider.ts';
import { pairwiseSubject } from './token-claims.ts';

/**
 * Makes a provider's ID token Entra's: `sub` is another one for each application (oidc-provider has that for no client
 * that may use device codes), there is an `nbf`, the times are the authority's, the header has the key's thumbprint.
 */
export async function adjustIdToken(idToken: string, { clock, signingKey }: ProviderContext): Promise<string> {
  const claims = decodeJwt(idToken);
  const sub = pairwiseSubject(claims.sub ?? '', String(claims.aud));
  const { kid } = decodeProtectedHeader(idToken);
  const iat = (claims.iat ?? 0) + clock.skewSeconds;
  return await new SignJWT({ ...claims, sub, iat, nbf: iat, exp: (claims.exp ?? 0) + clock.skewSeconds })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid, x5t: kid }) })
    .sign(signingKey.privateKey);
}
