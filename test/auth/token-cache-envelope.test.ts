import { createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { openTokenCache, readTokenCacheKeyId, sealTokenCache } from '../../src/auth/token-cache/envelope.ts';

// The file of the token cache: AES-256-GCM (NIST SP 800-38D), read here by Node's own decipher as well.

const key = { id: '0123456789abcdef', bytes: randomBytes(32) };
const accounts = [
  {
    environment: 'AzureCloud',
    homeAccountId: 'oid.tid',
    username: 'adele@contoso.example',
    tenants: ['tid', 'contoso.example'],
    tokens: '{"RefreshToken":{"a":{"secret":"the-refresh-token"}}}',
  },
];
const Envelope = Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()]));

function parts(text: string) {
  const envelope = Value.Parse(Envelope, JSON.parse(text));
  const bytes = (name: string) => Buffer.from(String(envelope[name]), 'base64');
  return { envelope, nonce: bytes('nonce'), tag: bytes('tag'), ciphertext: bytes('ciphertext') };
}

test('what goes in comes out with the same key', () => {
  const text = sealTokenCache(accounts, key);
  expect(readTokenCacheKeyId(text)).toEqual({ key: key.id });
  expect(openTokenCache(text, key.bytes)).toEqual({ accounts });
});

test('is AES-256-GCM with a 96-bit nonce, a whole tag, and its version authenticated', () => {
  const { envelope, nonce, tag, ciphertext } = parts(sealTokenCache(accounts, key));
  expect(Object.keys(envelope).sort()).toEqual(['ciphertext', 'format', 'key', 'nonce', 'tag', 'version']);
  expect(nonce).toHaveLength(12);
  expect(tag).toHaveLength(16);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce)
    .setAuthTag(tag)
    .setAAD(Buffer.from('SecMgmt token cache 1'));
  expect(JSON.parse(decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8'))).toEqual({ accounts });
});

test('has another nonce each time', () => {
  const nonces = Array.from({ length: 100 }, () => parts(sealTokenCache(accounts, key)).nonce.toString('hex'));
  expect(new Set(nonces).size).toBe(100);
});

test('has nothing in the clear, in base64 or out of it', () => {
  const { envelope, ciphertext } = parts(sealTokenCache(accounts, key));
  const text = JSON.stringify(envelope) + ciphertext.toString('latin1');
  for (const clear of ['the-refresh-token', 'adele', 'contoso', 'AzureCloud']) expect(text).not.toContain(clear);
});

test('is of no use with another key', () => {
  expect(openTokenCache(sealTokenCache(accounts, key), randomBytes(32))).toEqual({
    unusable: "it was changed, or encrypted with another key than this user's",
  });
});

test('is of no use once any bit of it was changed', () => {
  const { envelope, ...bytes } = parts(sealTokenCache(accounts, key));
  const place = fc.constantFrom(...(['nonce', 'tag', 'ciphertext'] as const));
  fc.assert(
    fc.property(place, fc.nat(), fc.integer({ min: 0, max: 7 }), (name, index, bit) => {
      const changed = Buffer.from(bytes[name]);
      const at = index % changed.length;
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      const text = JSON.stringify({ ...envelope, [name]: changed.toString('base64') });
      expect(openTokenCache(text, key.bytes)).toHaveProperty('unusable');
    }),
  );
});

test('of a later version is told as such, whatever else it has', () => {
  const text = JSON.stringify({ format: 'SecMgmt token cache', version: 7, salt: 'x' });
  expect(readTokenCacheKeyId(text)).toEqual({ unusable: 'a later version of SecMgmt wrote it (format 7)' });
});

test('no text at all makes it fail otherwise', () => {
  const sealed = sealTokenCache(accounts, key);
  const damaged = fc.oneof(
    fc.string(),
    fc.json(),
    fc.nat(sealed.length - 2).map(length => sealed.slice(0, length)),
    fc.constantFrom('nonce', 'tag', 'ciphertext', 'format', 'version', 'key').map(name => {
      return JSON.stringify({ ...parts(sealed).envelope, [name]: '' });
    }),
  );
  fc.assert(
    fc.property(damaged, text => {
      expect(openTokenCache(text, key.bytes)).toHaveProperty('unusable');
    }),
  );
});
