import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { createClientCertificate } from '../src/client-certificate.ts';

test('A client certificate has the validity that was asked for, and its own key', async () => {
  const notBefore = new Date('2020-01-01T00:00:00Z');
  const notAfter = new Date('2020-12-31T00:00:00Z');
  const made = await createClientCertificate({ name: 'Expired', notBefore, notAfter });
  const read = new X509Certificate(made.certificatePem);
  expect(read.subject).toBe('CN=Expired');
  expect([read.validFromDate, read.validToDate]).toEqual([notBefore, notAfter]);
  expect(read.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
});

test('OpenSSL reads its PKCS #12 file under its password alone', async () => {
  const { pfx } = await createClientCertificate();
  for (const passphrase of ['correct horse', 'pässwörd', '']) {
    expect(() => createSecureContext({ pfx: pfx(passphrase), passphrase })).not.toThrow();
  }
  expect(() => createSecureContext({ pfx: pfx('correct horse'), passphrase: 'wrong' })).toThrow(/mac verify failure/);
});
