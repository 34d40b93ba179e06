import { azureScope, type CloudEnvironment, defaultScope } from '../auth/environments.ts';

/** The services of a cloud that requests go to. */
export type ServiceName = 'Graph' | 'Azure';

/** One service of one cloud: the only place that its tokens go to. */
export interface Service {
  readonly name: ServiceName;
  /** `https://HOST`, without a slash at its end. */
  readonly origin: string;
  /** The scope that tokens for it are asked for with. */
  readonly scope: string;
}

/** The services of a cloud. */
export function servicesOf(environment: CloudEnvironment): Readonly<Record<ServiceName, Service>> {
  return {
    Graph: { name: 'Graph', origin: new URL(environment.graphEndpoint).origin, scope: defaultScope(environment) },
    Azure: { name: 'Azure', origin: new URL(environment.azureEndpoint).origin, scope: azureScope(environment) },
  };
}

/**
 * Whether an address is the service's own: https, exactly its host and port, and no user information. `URL` has brought the
 * scheme and the host into their one form before (WHATWG URL, host parsing): lower case, no escapes, Punycode.
 */
export function isOfService(url: URL, { origin }: Service): boolean {
  return url.protocol === 'https:' && url.origin === origin && url.username === '' && url.password === '';
}

/**
 * The header that carries a token. This is the only place where a token gets into a request.
 * @throws TypeError for an address that is not the service's own
 */
export function authorizationFor(url: URL, service: Service, token: string): string {
  if (!isOfService(url, service)) throw new TypeError(`A token of ${service.origin} was about to go elsewhere.`);
  return `Bearer ${token}`;
}
