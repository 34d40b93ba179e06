import { RequestError } from './request-error.ts';

/** Headers that a request has of its own, or that are the connection's. */
const reserved = [
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Headers by their names in lower case. */
export type RequestHeaders = Readonly<Record<string, string>>;

/**
 * Reads the headers that a caller gives (RFC 9110, section 5): texts, numbers and truth values, or lists of them.
 * @throws RequestError `HeaderRefused`
 */
export function readHeaders(entries: Readonly<Record<string, unknown>>): RequestHeaders {
  return Object.fromEntries(
    Object.entries(entries).map(([given, value]) => {
      const name = given.toLowerCase();
      if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw refused(given, 'is not the name of a header');
      if (reserved.includes(name)) throw refused(given, "is the module's own, or the connection's");
      const values = (Array.isArray(value) ? value : [value]).map(each => textOf(each));
      if (values.some(text => text === undefined)) throw refused(given, 'has a value that is not text');
      const text = values.join(', ');
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) throw refused(given, 'has a value that no header can have');
      return [name, text.trim()];
    }),
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function refused(name: string, reason: string): RequestError {
  const shown = /^[\x21-\x7e]{1,60}$/.test(name) ? `'${name}'` : 'of that name';
  return new RequestError({
    code: 'HeaderRefused',
    message: `The header ${shown} ${reason}.`,
    recommendedAction: "Pass headers of the request itself, such as @{ ConsistencyLevel = 'eventual' }.",
    target: 'Headers',
  });
}
