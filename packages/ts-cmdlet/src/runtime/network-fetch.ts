import type { fetch as undiciFetch } from 'undici';
import { CmdletError, type Invocation } from './cmdlet.ts';
import { type HttpProxy, readProxy } from './http-proxy.ts';
import type { Route } from './network-route.ts';

export { type HttpProxy, readProxy } from './http-proxy.ts';

// The entry `ts-cmdlet/fetch`. It is one of its own, because it needs undici, which a module that sends nothing does not have.

/** How requests go. */
export interface FetchOptions {
  /** Milliseconds for the beginning of an answer, and for each pause in it; 30 seconds where absent. */
  readonly timeoutMs?: number;
  /** How often a request that changes nothing is sent again; twice where absent. */
  readonly maxRetries?: number;
}

/** What a fetch needs of the call that it is made for, be it of a handler or of a completer. */
export type FetchCall = Pick<Invocation, 'signal' | 'getProxy'>;

/**
 * Makes a `fetch` for one call, which goes as other programs of the session do: through the proxy of HTTPS_PROXY or HTTP_PROXY,
 * but to the hosts in NO_PROXY, else through that of the system or of .NET. It ends with the call. A request that changes
 * nothing is sent again where the connection failed or the service is busy, after as long as Retry-After says, or half a second,
 * a second, and so on. What is trusted is Node.js's matter: NODE_EXTRA_CA_CERTS and NODE_USE_SYSTEM_CA.
 *
 * The returned function rejects with a `CmdletError`: `ServiceUnreachable`, or `ProxyInvalid` for a proxy's address that is not valid.
 * @example const answer = await createFetch(invocation)('https://example.com/');
 */
export function createFetch(call: FetchCall, options: FetchOptions = {}): typeof undiciFetch {
  return async (input, init = {}) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const { fetch, dispatcher } = await routeFor(call, url, options);
    const signal = init.signal ? AbortSignal.any([call.signal, init.signal]) : call.signal;
    try {
      return await fetch(input, { dispatcher, ...init, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new CmdletError({
        errorId: 'ServiceUnreachable',
        category: 'ConnectionError',
        message: `${url.host} cannot be reached: ${reasonOf(error)}.`,
        recommendedAction: 'Check the network, and HTTPS_PROXY and NO_PROXY if there is a proxy, then try again.',
        target: url.host,
        cause: error,
      });
    }
  };
}

async function routeFor(
  call: FetchCall,
  url: URL,
  { timeoutMs = 30_000, maxRetries = 2 }: FetchOptions,
): Promise<Route> {
  const proxy = await proxyFor(call, url);
  const noProxy = process.env.no_proxy || process.env.NO_PROXY || '';
  // Loaded with the first request: it is larger than most modules.
  const { openRoute } = await import('./network-route.ts');
  return openRoute({ proxy, noProxy, timeoutMs, maxRetries });
}

/** The proxy for an address; undefined for a direct connection. */
async function proxyFor(call: FetchCall, url: URL): Promise<HttpProxy | undefined> {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY } = process.env;
  const named = url.protocol === 'https:' ? https_proxy || HTTPS_PROXY : http_proxy || HTTP_PROXY;
  const text = named || (await call.getProxy(url)) || '';
  if (text === '') return undefined;
  const proxy = readProxy(text);
  if (proxy !== undefined) return proxy;
  throw new CmdletError({
    errorId: 'ProxyInvalid',
    category: 'InvalidArgument',
    message: `The proxy for ${url.host} is none: its address is not that of an HTTP proxy.`,
    recommendedAction: 'Set HTTPS_PROXY to a URL such as http://proxy.contoso.com:8080.',
    target: url.host,
  });
}

/** What Node.js says, below what undici wraps it into: "fetch failed" alone says nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
