import { type Dispatcher, EnvHttpProxyAgent, fetch, interceptors } from 'undici';
import type { HttpProxy } from './http-proxy.ts';

/** What decides how requests go. */
interface RouteSettings {
  readonly proxy: HttpProxy | undefined;
  /** As NO_PROXY has it. */
  readonly noProxy: string;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

/** The way to the network. */
export interface Route {
  readonly fetch: typeof fetch;
  readonly dispatcher: Dispatcher;
}

/** What changes nothing, and so may be sent again: the safe methods of RFC 9110, section 9.2.1. */
const RETRIED_METHODS: Dispatcher.HttpMethod[] = ['GET', 'HEAD', 'OPTIONS'];
/** Too many requests, and what a gateway says of a service that is not there for the moment. */
const RETRIED_STATUSES = [429, 502, 503, 504];
const MAX_WAIT_MS = 30_000;

let last: { readonly key: string; readonly agent: Dispatcher; readonly route: Route } | undefined;

/** Connections stay open for the next request of the same settings; those of others close when their last answer is read. */
export function openRoute(settings: RouteSettings): Route {
  const key = JSON.stringify(settings);
  if (last?.key === key) return last.route;
  const { proxy, noProxy, timeoutMs, maxRetries } = settings;
  const agent = new EnvHttpProxyAgent({
    // What is left out here would be read from this process's own environment.
    httpProxy: proxy?.url ?? '',
    httpsProxy: proxy?.url ?? '',
    noProxy,
    ...(proxy?.authorization !== undefined && { token: proxy.authorization }),
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const retry = interceptors.retry({
    maxRetries,
    maxTimeout: MAX_WAIT_MS,
    methods: RETRIED_METHODS,
    statusCodes: RETRIED_STATUSES,
    // The last answer is the answer, whatever its status.
    throwOnError: false,
  });
  void last?.agent.close().catch(() => {});
  last = { key, agent, route: { fetch, dispatcher: agent.compose(retry) } };
  return last.route;
}
