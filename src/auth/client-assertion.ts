import { createHash, randomUUID } from 'node:crypto';
import { AuthError } from './auth-error.ts';
import type { CertificateStore, SignatureAlgorithm } from './certificate-store.ts';

/** How long an assertion is valid; the identity platform takes up to ten minutes. */
const LIFETIME_SECONDS = 300;

/**
 * Makes a client assertion: a JSON Web Token that a certificate's private key signs (RFC 7523, section 3; Microsoft
 * identity platform, "Certificate credentials"). PS256 is what the platform asks for; keys that cannot do it sign RS256.
 *
 * @param audience the token endpoint's URL
 * @param now the time to count the lifetime from
 */
export async function createClientAssertion(
  certificates: CertificateStore,
  thumbprint: string,
  clientId: string,
  audience: string,
  now: Date = new Date(),
): Promise<string> {
  const { certificate } = await certificates.find(thumbprint);
  const digest = createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('base64url');
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = {
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: seconds,
    iat: seconds,
    exp: seconds + LIFETIME_SECONDS,
  };
  const algorithms: SignatureAlgorithm[] = ['PS256', 'RS256'];
  for (const alg of algorithms) {
    const unsigned = `${encode({ alg, typ: 'JWT', 'x5t#S256': digest })}.${encode(claims)}`;
    const signature = await certificates.sign(thumbprint, unsigned, alg);
    if (signature !== undefined) return `${unsigned}.${signature}`;
  }
  throw new AuthError({
    code: 'CertificateKeyUnusable',
    message: `The private key of certificate ${thumbprint} signs neither with PS256 nor with RS256.`,
    recommendedAction: 'Use a certificate with an RSA key of 2048 bits or more.',
    target: thumbprint,
  });
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
