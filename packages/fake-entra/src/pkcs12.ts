import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { derNull, explicit0, integer, objectIdentifier, octetString, sequence, set } from './der.ts';

const iterations = 2048;
const oid = {
  data: '1.2.840.113549.1.7.1',
  certBag: '1.2.840.113549.1.12.10.1.3',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
};

/**
 * One certificate and its private key as a PKCS #12 file (RFC 7292), which .NET's X509Certificate2 and X509Store read.
 * The key is encrypted with PBES2 (PBKDF2 with HMAC-SHA-256, AES-256-CBC), the whole is guarded by an HMAC-SHA-256.
 */
export function createPkcs12(pkcs8: Uint8Array, certificate: Uint8Array, password: string): Buffer {
  const keyId = sequence(
    objectIdentifier(oid.localKeyId),
    set(octetString(createHash('sha1').update(certificate).digest())),
  );
  const certificateBag = sequence(
    objectIdentifier(oid.certBag),
    explicit0(sequence(objectIdentifier(oid.x509Certificate), explicit0(octetString(certificate)))),
    set(keyId),
  );
  const keyBag = sequence(
    objectIdentifier(oid.shroudedKeyBag),
    explicit0(encryptPrivateKey(pkcs8, password)),
    set(keyId),
  );
  const safe = sequence(data(sequence(certificateBag)), data(sequence(keyBag)));

  const salt = randomBytes(16);
  const mac = createHmac('sha256', derivePkcs12Key(password, salt, 3, 32))
    .update(safe)
    .digest();
  const macData = sequence(
    sequence(sequence(objectIdentifier(oid.sha256), derNull()), octetString(mac)),
    octetString(salt),
    integer(iterations),
  );
  return sequence(integer(3), data(safe), macData);
}

function data(content: Uint8Array): Buffer {
  return sequence(objectIdentifier(oid.data), explicit0(octetString(content)));
}

/** RFC 5958's EncryptedPrivateKeyInfo with RFC 8018's PBES2. */
function encryptPrivateKey(pkcs8: Uint8Array, password: string): Buffer {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(password, salt, iterations, 32, 'sha256'), iv);
  const encrypted = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  const derivation = sequence(
    objectIdentifier(oid.pbkdf2),
    sequence(octetString(salt), integer(iterations), sequence(objectIdentifier(oid.hmacSha256), derNull())),
  );
  const encryption = sequence(objectIdentifier(oid.aes256Cbc), octetString(iv));
  return sequence(sequence(objectIdentifier(oid.pbes2), sequence(derivation, encryption)), octetString(encrypted));
}

/** RFC 7292 appendix B.2 with SHA-256, for keys no longer than one hash. `purpose` 3 is for the MAC. */
function derivePkcs12Key(password: string, salt: Uint8Array, purpose: number, length: number): Buffer {
  const block = 64;
  const diversifier = Buffer.alloc(block, purpose);
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let hash = Buffer.concat([diversifier, repeatTo(salt, block), repeatTo(text, block)]);
  for (let round = 0; round < iterations; round += 1) hash = createHash('sha256').update(hash).digest();
  return hash.subarray(0, length);
}

/** Repeats the bytes to fill whole blocks. */
function repeatTo(bytes: Uint8Array, block: number): Buffer {
  const filled = Buffer.alloc(Math.ceil(bytes.length / block) * block);
  for (let at = 0; at < filled.length; at += 1) filled[at] = bytes[at % bytes.length] ?? 0;
  return filled;
}
