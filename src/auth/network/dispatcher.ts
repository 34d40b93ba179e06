import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { AuthError } from '../auth-error.ts';

/**
 * The way to the network: through the proxy that HTTPS_PROXY names, but to the hosts in NO_PROXY, and trusting the
 * system's certification authorities and those of NODE_EXTRA_CA_CERTS. The lower-case names count as well.
 * @throws AuthError `AuthorityUnreachable` where HTTPS_PROXY names no proxy
 */
export function createDispatcher(environment: NodeJS.ProcessEnv, timeoutMs: number): Dispatcher {
  const tls = { ...trust(), timeout: timeoutMs };
  return new EnvHttpProxyAgent({
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    // Every authority is https. What is left out here would be read from this process's own environment.
    httpProxy: '',
    httpsProxy: proxyUrl(environment.https_proxy || environment.HTTPS_PROXY || ''),
    noProxy: environment.no_proxy || environment.NO_PROXY || '',
  });
}

/** A proxy's URL; `host:port` alone is taken as other programs take it. */
function proxyUrl(text: string): string {
  if (text === '') return '';
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url.href;
  // The value may have a password in it, so it is not repeated.
  throw new AuthError({
    code: 'AuthorityUnreachable',
    message: 'HTTPS_PROXY does not name an HTTP proxy.',
    recommendedAction: 'Set HTTPS_PROXY to a URL such as http://proxy.contoso.com:8080, or take it away.',
    target: 'HTTPS_PROXY',
    data: { IsRetriable: 'False' },
  });
}

let known: { readonly certificates: string; readonly context: SecureContext } | undefined;

/**
 * Trusts the whole of Node's, the user's and the operating system's certification authorities; Node's own where it is
 * older. To read hundreds of certificates takes a while, so it is done once for as long as they are the same.
 */
function trust(): { readonly secureContext?: SecureContext } {
  if (typeof getCACertificates !== 'function') return {};
  const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  const certificates = ca.join('');
  if (known?.certificates !== certificates) known = { certificates, context: createSecureContext({ ca }) };
  return { secureContext: known.context };
}
