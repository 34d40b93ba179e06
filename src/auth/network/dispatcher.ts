import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { readExtraCertificates } from './extra-certificates.ts';
import { proxyOf } from './proxy.ts';
import type { NetworkSettings } from './settings.ts';

/** The way to the network. */
export interface Route {
  readonly dispatcher: Dispatcher;
  /** How the proxy last asked who is there (RFC 9110, section 11.7.1): the names of the schemes. */
  proxySchemes(): readonly string[];
  /** What is to be told of the settings. */
  readonly warnings: readonly string[];
}

/**
 * The way to the network: through the proxy that HTTPS_PROXY names, or else the system's, but to the hosts in NO_PROXY, and
 * trusting the system's certification authorities and those of NODE_EXTRA_CA_CERTS. The lower-case names count as well.
 * @throws AuthError `AuthorityUnreachable` where HTTPS_PROXY names no proxy
 */
export function createRoute({ environment, defaultProxy = '' }: NetworkSettings, timeoutMs: number): Route {
  const { secureContext, warnings } = trust(environment.NODE_EXTRA_CA_CERTS ?? '');
  const tls = { ...(secureContext && { secureContext }), timeout: timeoutMs };
  const named = environment.https_proxy || environment.HTTPS_PROXY || '';
  const proxy = named
    ? proxyOf(named, 'HTTPS_PROXY')
    : defaultProxy
      ? proxyOf(defaultProxy, "The system's proxy")
      : undefined;
  let schemes: readonly string[] = [];
  const dispatcher = new EnvHttpProxyAgent({
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    // Every authority is https. What is left out here would be read from this process's own environment.
    httpProxy: '',
    httpsProxy: proxy?.url ?? '',
    noProxy: environment.no_proxy || environment.NO_PROXY || '',
    ...(proxy?.authorization !== undefined && { token: proxy.authorization }),
    clientFactory: (origin, options) =>
      new ProxyPool(origin, options, challenges => {
        schemes = challenges;
      }),
  });
  return { dispatcher, proxySchemes: () => schemes, warnings };
}

/** Connections to a proxy; `undici` keeps the headers of a refusal to itself. */
class ProxyPool extends Pool {
  readonly #hear: (schemes: readonly string[]) => void;

  constructor(origin: URL, options: object, hear: (schemes: readonly string[]) => void) {
    super(origin, options);
    this.#hear = hear;
  }

  override async connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData> {
    const answer = await super.connect(options);
    const challenges = [answer.headers['proxy-authenticate'] ?? []].flat();
    // A scheme's name comes first in each challenge, or behind a comma.
    this.#hear(
      challenges.flatMap(text => [...text.matchAll(/(?:^|,)\s*([A-Za-z]+)(?=\s|,|$)/g)].map(match => match[1] ?? '')),
    );
    return answer;
  }
}

let known: { readonly certificates: string; readonly context: SecureContext } | undefined;

/**
 * Trusts the whole of Node's, the user's and the operating system's certification authorities; Node's own where it is
 * older. To read hundreds of certificates takes a while, so it is done once for as long as they are the same.
 */
function trust(extraFile: string): { readonly secureContext?: SecureContext; readonly warnings: readonly string[] } {
  if (typeof getCACertificates !== 'function') return { warnings: [] };
  const extra = extraFile === '' ? [] : readExtraCertificates(extraFile);
  const warnings =
    typeof extra === 'string'
      ? [
          `The environment variable NODE_EXTRA_CA_CERTS names '${extraFile}', which ${extra}: it has to be a file with ` +
            'certificates, in PEM or DER form. Nothing more is trusted because of it.',
        ]
      : [];
  const more = typeof extra === 'string' ? [] : extra;
  const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...more])];
  const certificates = ca.join('');
  if (known?.certificates !== certificates) known = { certificates, context: createSecureContext({ ca }) };
  return { secureContext: known.context, warnings };
}
