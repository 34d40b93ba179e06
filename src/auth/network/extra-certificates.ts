import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

const MAX_BYTES = 4 * 1024 * 1024;
const pem = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The certification authorities in a file, PEM or DER, as PEM. Node reads NODE_EXTRA_CA_CERTS when it starts, PEM alone, and
 * says nothing that a user sees of what it cannot read.
 *
 * @returns or why they cannot be had, in words to stand behind "which"
 */
export function readExtraCertificates(file: string): string[] | string {
  let bytes: Buffer;
  try {
    const found = statSync(file);
    if (found.isDirectory()) return 'is a folder';
    if (!found.isFile() || found.size > MAX_BYTES) return 'is no file with certificates';
    bytes = readFileSync(file);
  } catch (error) {
    return `cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`;
  }
  const blocks: (string | Buffer)[] = bytes.toString('latin1').match(pem) ?? [bytes];
  try {
    return blocks.map(block => new X509Certificate(block).toString());
  } catch {
    return 'has no certificate in it, or one that is damaged';
  }
}
