import { type HttpProxy, readProxy } from 'ts-cmdlet/fetch';
import { AuthError } from '../auth-error.ts';

/**
 * Reads the URL of a proxy.
 *
 * @param source whose it is: named in an error, which never repeats the value
 * @throws AuthError `AuthorityUnreachable` for what is no HTTP proxy
 */
export function proxyOf(text: string, source: 'HTTPS_PROXY' | "The system's proxy"): HttpProxy {
  const proxy = readProxy(text);
  if (proxy !== undefined) return proxy;
  const isVariable = source === 'HTTPS_PROXY';
  throw new AuthError({
    code: 'AuthorityUnreachable',
    message: `${source} does not name an HTTP proxy.`,
    recommendedAction:
      `Set HTTPS_PROXY to a URL such as http://proxy.contoso.com:8080${isVariable ? ', or take it away' : ''}. In a user name or a password in it ` +
      'write % as %25, \\ as %5C, @ as %40, # as %23, / as %2F, ? as %3F and : as %3A.',
    target: isVariable ? source : 'DefaultProxy',
    data: { IsRetriable: 'False' },
  });
}
