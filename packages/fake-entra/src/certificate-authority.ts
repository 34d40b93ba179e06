import './reflect-metadata.ts';
import { webcrypto } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { pem } from './pem.ts';

const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 24 * 60 * 60 * 1000;

/** A certification authority that lives in memory and vouches for any host name it is asked for. */
export interface CertificateAuthority {
  /** The CA's own certificate: what a client has to trust. */
  readonly certificatePem: string;
  /** SHA-256 of the CA's public key, base64: what Chromium's `--ignore-certificate-errors-spki-list` takes. */
  readonly publicKeyHash: string;
  /** A TLS server's context for one host: a leaf for that name and the CA behind it. */
  secureContext(host: string): Promise<SecureContext>;
}

/** Makes a CA with a fresh key (RFC 5280: `cA` true, `keyCertSign`). */
export async function createCertificateAuthority(name = 'Test CA'): Promise<CertificateAuthority> {
  const keys = await webcrypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: signing,
    ...validity(),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificatePem = certificate.toString('pem');
  const contexts = new Map<string, Promise<SecureContext>>();

  return {
    certificatePem,
    publicKeyHash: await hashOfPublicKey(certificate),
    secureContext(host) {
      const known = contexts.get(host);
      if (known !== undefined) return known;
      const made = createLeaf(host, certificate, keys.privateKey).then(({ key, cert }) =>
        createSecureContext({ key, cert: `${cert}\n${certificatePem}\n` }),
      );
      contexts.set(host, made);
      return made;
    },
  };
}

/** A leaf certificate for one DNS name (RFC 6125: the name is in subjectAltName). */
async function createLeaf(host: string, issuer: X509Certificate, signingKey: webcrypto.CryptoKey) {
  const keys = await webcrypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${host}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: signing,
    ...validity(),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
    ],
  });
  const key = pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { key, cert: certificate.toString('pem') };
}

async function hashOfPublicKey(certificate: X509Certificate): Promise<string> {
  const digest = await webcrypto.subtle.digest('SHA-256', certificate.publicKey.rawData);
  return Buffer.from(digest).toString('base64');
}

function validity() {
  const now = Date.now();
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + 30 * dayMs) };
}
