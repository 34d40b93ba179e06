import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { tokenCacheContents, tokenCacheEnvelope, tokenCacheHeader } from './entry-validators.ts';
import type { StoredAccount, TokenCacheEnvelope } from './messages.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Authenticated beside the ciphertext, so that a file of one version is never read as one of another. */
const ASSOCIATED_DATA = Buffer.from(`SecMgmt token cache ${VERSION}`);

/** A key and the id by which the platform's guard has it: 16 digits of hexadecimal. */
export interface TokenCacheKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** What a file holds, or why it cannot be used, in words to stand behind "because". */
export type OpenedTokenCache = { readonly accounts: readonly StoredAccount[] } | { readonly unusable: string };

/** Encrypts accounts with a nonce of their own (NIST SP 800-38D). Gives the file's text. */
export function sealTokenCache(accounts: readonly StoredAccount[], key: TokenCacheKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(ASSOCIATED_DATA);
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify({ accounts }), 'utf8'), cipher.final()]);
  const envelope: TokenCacheEnvelope = {
    format: 'SecMgmt token cache',
    version: VERSION,
    key: key.id,
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
  return `${JSON.stringify(envelope)}\n`;
}

/** Reads what a file's text says in clear: by which key it is to be opened, or why it cannot be. */
export function readTokenCacheKeyId(text: string): { readonly key: string } | { readonly unusable: string } {
  const value = parse(text);
  if (!tokenCacheHeader.accepts(value)) return { unusable: 'it is damaged' };
  if (value.version > VERSION) return { unusable: `a later version of SecMgmt wrote it (format ${value.version})` };
  return tokenCacheEnvelope.accepts(value) ? { key: value.key } : { unusable: 'it is damaged' };
}

/** Opens a file's text. Nothing of a file that was changed, or that another key has encrypted, is given out. */
export function openTokenCache(text: string, key: Buffer | undefined): OpenedTokenCache {
  const value = parse(text);
  if (!tokenCacheEnvelope.accepts(value)) return { unusable: 'it is damaged' };
  const contents = parse((key && decrypt(value, key)) ?? '');
  return tokenCacheContents.accepts(contents)
    ? contents
    : { unusable: "it was changed, or encrypted with another key than this user's" };
}

function decrypt({ nonce, tag, ciphertext }: TokenCacheEnvelope, key: Buffer): string | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
    .setAAD(ASSOCIATED_DATA)
    .setAuthTag(Buffer.from(tag, 'base64'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    // The tag is not that of this text under this key; Node tells no more than that.
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
