import './reflect-metadata.ts';
import { X509Certificate as NodeCertificate, webcrypto } from 'node:crypto';
import { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';
import { pem } from './pem.ts';
import { createPkcs12 } from './pkcs12.ts';

const dayMs = 24 * 60 * 60 * 1000;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A certificate an application proves itself with, in every form a test may need. */
export interface ClientCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-1 of the DER certificate, upper-case hex: what `-CertificateThumbprint` takes. */
  readonly thumbprint: string;
  /** SHA-256 of the DER certificate, lower-case hex: MSAL's `thumbprintSha256`. */
  readonly thumbprintSha256: string;
  /** The certificate and its key as a PKCS #12 file under this password. */
  pfx(password: string): Buffer;
}

/** What may be chosen about a client certificate. */
export interface ClientCertificateOptions {
  readonly name?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** Makes an RSA key and a self-signed certificate, as people do for an app registration. */
export async function createClientCertificate(options: ClientCertificateOptions = {}): Promise<ClientCertificate> {
  const {
    name = 'Test application',
    notBefore = new Date(Date.now() - dayMs),
    notAfter = new Date(Date.now() + 30 * dayMs),
  } = options;
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    notBefore,
    notAfter,
    signingAlgorithm: rsa,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  });
  const certificatePem = certificate.toString('pem');
  const pkcs8 = new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const { fingerprint, fingerprint256 } = new NodeCertificate(certificatePem);
  return {
    certificatePem,
    privateKeyPem: pem('PRIVATE KEY', pkcs8),
    notBefore,
    notAfter,
    thumbprint: fingerprint.replaceAll(':', ''),
    thumbprintSha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    pfx: password => createPkcs12(pkcs8, new Uint8Array(certificate.rawData), password),
  };
}
