/** A proxy, and what is sent to it alone. */
export interface HttpProxy {
  /** `http://HOST:PORT` or `https://HOST:PORT`. */
  readonly url: string;
  /** The value of Proxy-Authorization (RFC 7617), where there is a user name. */
  readonly authorization?: string;
}

/**
 * Reads the URL of a proxy; `host:port` alone is taken as other programs take it. User name and password are taken as they
 * are where they are not written as a URL has them: `%`, `\`, `#`, `/`, `?` and `@` in them are common mistakes. Gives nothing
 * for what is no HTTP proxy.
 */
export function readProxy(text: string): HttpProxy | undefined {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  // The last @ is the one before the host.
  const at = rest.lastIndexOf('@');
  const url = URL.parse(`${scheme}://${rest.slice(at + 1)}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return undefined;
  if (at < 0) return { url: url.origin };
  const [user = '', password = ''] = splitAtFirst(rest.slice(0, at), ':').map(decode);
  return { url: url.origin, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function splitAtFirst(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Decodes a URL's escapes. A text with a % that begins no escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
