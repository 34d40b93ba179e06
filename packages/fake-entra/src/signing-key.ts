import './reflect-metadata.ts';
import { webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { exportJWK, type JWK } from 'jose';

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** The key the authority signs its tokens with. */
export interface SigningKey {
  readonly privateKey: webcrypto.CryptoKey;
  /** The private key as oidc-provider takes it. */
  readonly privateJwk: JWK;
  /** The key as it is published: with its certificate, and that one's SHA-1 thumbprint as key id, as Entra ID has it. */
  readonly publicJwk: JWK;
}

/** Makes an RSA key for RS256 (RFC 7518, 3.3) and a certificate for it. */
export async function createSigningKey(): Promise<SigningKey> {
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=accounts.accesscontrol.windows.net',
    keys,
    signingAlgorithm: rsa,
  });
  const der = new Uint8Array(certificate.rawData);
  const thumbprint = Buffer.from(await webcrypto.subtle.digest('SHA-1', der)).toString('base64url');
  const use = { use: 'sig', kid: thumbprint, x5t: thumbprint, x5c: [Buffer.from(der).toString('base64')] };
  return {
    privateKey: keys.privateKey,
    privateJwk: { ...(await exportJWK(keys.privateKey)), ...use },
    publicJwk: { ...(await exportJWK(keys.publicKey)), ...use },
  };
}
