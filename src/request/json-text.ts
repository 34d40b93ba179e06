import { wireScalar } from 'ts-cmdlet';

declare global {
  interface JSON {
    /** A number as text that `stringify` writes as it is (ECMAScript, JSON.parse source text access). */
    rawJSON(text: string): unknown;
  }
}

/** A number of sixteen digits or more, where it may be a value: beyond 2^53 - 1 JavaScript does not count exactly. */
const longNumber = /[[:,]\s*-?\d{16,}/;
const INT64_DIGITS = 19;

/**
 * Reads JSON as PowerShell has it: a whole number that JavaScript would round is an Int64, or a BigInteger.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined || !/^-?\d+$/.test(source)) return value;
    if (Number.isSafeInteger(value)) return value;
    const isInt64 =
      source.replace('-', '').length <= INT64_DIGITS && BigInt.asIntN(64, BigInt(source)) === BigInt(source);
    return wireScalar(isInt64 ? 'System.Int64' : 'System.Numerics.BigInteger', source);
  });
}

/** Writes as JSON what `parseJson` read. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    isLongNumber(member) ? JSON.rawJSON(member.value) : member,
  );
}

function isLongNumber(value: unknown): value is { readonly value: string } {
  if (typeof value !== 'object' || value === null || !('$type' in value) || !('value' in value)) return false;
  return value.$type === 'System.Int64' || value.$type === 'System.Numerics.BigInteger';
}
