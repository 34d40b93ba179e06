import type { Readable } from 'node:stream';
import type { AccessToken, Connection } from '../auth/connection.ts';
import type { SignInCall } from '../auth/sign-in-call.ts';
import { visibleText } from '../auth/visible-text.ts';
import type { RequestAddress } from './address.ts';
import { challengedClaims } from './claims-challenge.ts';
import { parseJson } from './json-text.ts';
import { RequestError } from './request-error.ts';
import { authorizationFor, isOfService } from './service.ts';
import { type RefusedAnswer, serviceError } from './service-error.ts';
import { waitBeforeRetry, waitForService } from './throttling.ts';
import type { OpenTransport, WireRequest, WireResponse } from './transport.ts';

const MAX_REDIRECTS = 5;
/** A longer answer is for a file. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** A longer refusal says nothing more. */
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** A request to a service. */
export interface ServiceRequest extends RequestAddress {
  readonly method: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the body, once for each time that it is sent. */
  readonly body?: () => Buffer | Readable;
}

/** A service's answer, as it is read at once. */
export interface ServiceAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly bytes: Buffer;
}

/**
 * Requests of one account, for one call of a cmdlet. Each has a token that is good: one that has ended meanwhile is renewed, a
 * claims challenge is answered by a new token, and a service that says «later» is asked later.
 */
export class ServiceClient {
  readonly #connection: Connection;
  readonly #transport: OpenTransport;
  readonly #call: SignInCall;
  /** The one that was sent last. */
  #token: AccessToken | undefined;

  constructor(connection: Connection, transport: OpenTransport, call: SignInCall) {
    this.#connection = connection;
    this.#transport = transport;
    this.#call = call;
  }

  /** Sends a request and reads the whole answer. @throws RequestError, or AuthError where the token cannot be renewed */
  async ask(request: ServiceRequest): Promise<ServiceAnswer> {
    const response = await this.open(request);
    return { headers: response.headers, bytes: await this.#transport.read(response, request.url, MAX_ANSWER_BYTES) };
  }

  /** Sends a request, whose answer is still to be read. @throws as `ask` does */
  async open(given: ServiceRequest): Promise<WireResponse> {
    const { service } = given;
    let request = given;
    this.#token = await this.#connection.accessToken(this.#call, { scope: service.scope });
    const answered = { challenge: false, refusal: false };
    for (let attempt = 1, redirects = 0; ; ) {
      const { url, method } = request;
      const response = await this.#transport.send(withToken(request, this.#token));
      const { status, headers } = response;
      const claims = status === 401 ? challengedClaims(headers['www-authenticate']) : undefined;
      const waitMs = waitBeforeRetry({ method, status, headers }, attempt);
      const kind = claims === undefined ? 'refusal' : 'challenge';
      if (status === 401 && !answered[kind]) {
        answered[kind] = true;
        discard(response);
        this.#call.verbose(`${url.host} does not take the token any more (${kind}); getting another one.`);
        const query = { scope: service.scope, rejected: this.#token.token, ...(claims !== undefined && { claims }) };
        this.#token = await this.#connection.accessToken(this.#call, query);
      } else if (waitMs !== undefined) {
        discard(response);
        await waitForService(url.host, status, waitMs, this.#call);
        attempt += 1;
      } else if (status >= 300 && status < 400 && headers.location !== undefined) {
        redirects += 1;
        discard(response);
        const target = redirectTarget(headers.location, url, redirects);
        if (!isOfService(target, service)) return await this.#follow(request, target, status);
        // A 303 asks for something else; any other for the same at another address (RFC 9110, section 15.4).
        request =
          status === 303 ? { ...withoutBody(request), method: 'GET', url: target } : { ...request, url: target };
      } else if (status >= 400 || status < 200) {
        throw this.refusal({ method, url, status, headers, body: await this.#refusalOf(response, url) });
      } else return response;
    }
  }

  /** The error for an answer to one of this account's requests, a part of a batch as well. */
  refusal(answer: Omit<RefusedAnswer, 'token'>): RequestError {
    return serviceError({ ...answer, token: this.#token ?? this.#connection.current });
  }

  /**
   * Follows a redirect to elsewhere, such as to a download: without the token, and without what the request brought. Should it
   * lead back to the service, it does so without the token as well.
   */
  async #follow(request: ServiceRequest, first: URL, status: number): Promise<WireResponse> {
    if (request.method !== 'GET' && request.method !== 'HEAD' && status !== 303)
      throw redirectRefused(first, request.method);
    const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
    let url = first;
    for (let redirects = 1; ; redirects += 1) {
      this.#call.verbose(`The answer is at ${url.host}, which does not get the token.`);
      const response = await this.#transport.send({ method, url, headers: { accept: '*/*' } });
      const { headers } = response;
      if (response.status < 300) return response;
      discard(response);
      if (response.status >= 400 || headers.location === undefined) throw elsewhereFailed(url, response.status);
      url = redirectTarget(headers.location, url, redirects + 1);
    }
  }

  async #refusalOf(response: WireResponse, url: URL): Promise<unknown> {
    const text = (await this.#transport.read(response, url, MAX_REFUSAL_BYTES)).toString();
    try {
      return parseJson(text);
    } catch {
      return undefined;
    }
  }
}

/** Reads what nobody wants, so that the connection can be used again. */
function discard(response: WireResponse): void {
  response.body.on('error', () => {});
  response.body.resume();
}

function withToken({ method, url, headers, body, service }: ServiceRequest, { token }: AccessToken): WireRequest {
  return {
    method,
    url,
    headers: { accept: 'application/json', ...headers, authorization: authorizationFor(url, service, token) },
    ...(body && { body }),
  };
}

function withoutBody({ body: _, ...request }: ServiceRequest): Omit<ServiceRequest, 'body'> {
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'content-type');
  return { ...request, headers: Object.fromEntries(headers) };
}

function redirectTarget(location: string, from: URL, redirects: number): URL {
  const target = URL.parse(location, from.href);
  const isUsable = target?.protocol === 'https:' && target.username === '' && target.password === '';
  if (target === null || !isUsable) {
    throw redirectError(from, 'leads to an address that is not https, or has a user name');
  }
  if (redirects > MAX_REDIRECTS) throw redirectError(from, `leads on and on (${redirects} times)`);
  return target;
}

function redirectRefused(target: URL, method: string): RequestError {
  const host = visibleText(target.host);
  return redirectError(target, `of a ${method} leads to ${host}, which gets neither the token nor the body`);
}

function redirectError({ host }: URL, what: string): RequestError {
  return new RequestError({
    code: 'RedirectRefused',
    message: `The redirect ${what}. It was not followed.`,
    recommendedAction: 'Check the address of the request. If it is right, report this to the service.',
    target: visibleText(host),
  });
}

/** The address stays out of it: a download's is as good as a password. */
function elsewhereFailed({ host }: URL, status: number): RequestError {
  return new RequestError({
    code: 'RequestFailed',
    message: `The service has its answer at ${visibleText(host)}, which answered ${status}.`,
    recommendedAction: 'Send the request again: such an address is good for a short time.',
    target: visibleText(host),
    data: { HttpStatus: String(status) },
  });
}
