import type { CloudEnvironment } from '../auth/environments.ts';
import { pastedName } from '../auth/pasted-text.ts';
import { visibleText } from '../auth/visible-text.ts';
import { RequestError } from './request-error.ts';
import { isOfService, type Service, type ServiceName, servicesOf } from './service.ts';

/** Where a request goes. */
export interface RequestAddress {
  readonly url: URL;
  readonly service: Service;
}

const GRAPH_VERSIONS = ['v1.0', 'beta'];
const DEFAULT_GRAPH_VERSION = 'v1.0';

/**
 * Reads the address of a request: a full one of a service of the account's cloud, or a relative one. A relative address is of
 * the named service; one of Graph without a version is of v1.0.
 *
 * A `#` is a part of the address, as in the names of guests, and not a fragment, which no request has.
 *
 * @param name the service that was asked for; absent where the address decides, and Graph for a relative one
 * @throws RequestError `AddressInvalid` for what is no address, `AddressRefused` for one that gets no token
 */
export function readAddress(text: string, environment: CloudEnvironment, name?: ServiceName): RequestAddress {
  const given = pastedName(text).replaceAll('#', '%23');
  const services = servicesOf(environment);
  if (given === '') throw invalid(text, 'it is empty');
  if (/^([a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(given)) {
    // What begins with two slashes is an address without its scheme.
    const url = URL.parse(given, services.Graph.origin);
    if (url === null) throw invalid(given, 'it cannot be read');
    const candidates = name === undefined ? Object.values(services) : [services[name]];
    const service = candidates.find(each => isOfService(url, each));
    if (service === undefined) throw refused(url, candidates);
    return { url, service };
  }
  const service = services[name ?? 'Graph'];
  const path = given.replace(/^[/\\]+/, '');
  const url = URL.parse(`${service.origin}/${service.name === 'Graph' ? withVersion(path) : path}`);
  if (url === null) throw invalid(given, 'it cannot be read');
  // Nothing in a path leads to another host, and this holds it.
  if (!isOfService(url, service)) throw refused(url, [service]);
  return { url, service };
}

/** The address as it may be shown: without what could move the cursor. */
export function shownAddress({ href }: URL): string {
  return visibleText(href, 2000);
}

function withVersion(path: string): string {
  const [first = ''] = path.split(/[/?]/, 1);
  return GRAPH_VERSIONS.includes(first.toLowerCase()) ? path : `${DEFAULT_GRAPH_VERSION}/${path}`;
}

function invalid(text: string, reason: string): RequestError {
  return new RequestError({
    code: 'AddressInvalid',
    message: `The address is not one: ${reason}.`,
    recommendedAction: "Pass an address such as '/users?$top=5' or 'https://graph.microsoft.com/v1.0/users'.",
    target: visibleText(text),
  });
}

function refused(url: URL, services: readonly Service[]): RequestError {
  const allowed = services.map(({ origin }) => origin).join(' or ');
  const host = visibleText(url.host || url.protocol);
  const reason =
    url.username !== '' || url.password !== ''
      ? 'it has a user name before its host'
      : url.protocol !== 'https:'
        ? `it begins with '${visibleText(url.protocol)}'`
        : `its host is ${host}`;
  return new RequestError({
    code: 'AddressRefused',
    message: `The account's token goes to ${allowed} alone, and this is another address: ${reason}. Nothing was sent.`,
    recommendedAction: `Pass an address that begins with ${allowed}, or a relative one.`,
    target: host,
  });
}
