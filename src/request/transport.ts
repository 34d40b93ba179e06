import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { request } from 'undici';
import { AuthError } from '../auth/auth-error.ts';
import { createRoute, type Route } from '../auth/network/dispatcher.ts';
import type { NetworkCall, NetworkSettings } from '../auth/network/settings.ts';
import { timeoutOf, untilAborted } from '../auth/network/time-limit.ts';
import { transportError } from '../auth/network/transport-error.ts';
import { RequestError, type RequestErrorCode } from './request-error.ts';

const MAX_ATTEMPTS = 3;

/** One request on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the body, once for each attempt. */
  readonly body?: () => Buffer | Readable;
}

/** The beginning of an answer; its body has still to be read, or destroyed. */
export interface WireResponse {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body without its content coding. */
  readonly body: Readable;
}

/**
 * The way to the services: by the network's settings at the time of a call, with a time limit for an answer's beginning and
 * for each pause in it (SECMGMT_HTTP_TIMEOUT). Follows no redirect. Connections stay open for the next request.
 */
export class Transport {
  #settings: NetworkSettings | undefined;
  #route: Route | undefined;

  /**
   * Opens the way for a call.
   * @throws RequestError `ServiceUnreachable` where HTTPS_PROXY names no proxy
   */
  open(settings: NetworkSettings, call: NetworkCall): OpenTransport {
    const timeoutMs = timeoutOf(settings.environment, call);
    if (this.#route === undefined || !isDeepStrictEqual(settings, this.#settings)) {
      // Another call may still use the one before: it closes by itself.
      void this.#route?.dispatcher.close().catch(() => {});
      this.#route = undefined;
      try {
        this.#route = createRoute(settings, timeoutMs);
      } catch (error) {
        throw asRequestError(error);
      }
      this.#settings = settings;
      for (const warning of this.#route.warnings) call.warn(warning);
    }
    return new OpenTransport(this.#route, timeoutMs, call);
  }
}

/** The way to the services, for one call. */
export class OpenTransport {
  readonly #route: Route;
  readonly #timeoutMs: number;
  readonly #call: NetworkCall;

  constructor(route: Route, timeoutMs: number, call: NetworkCall) {
    this.#route = route;
    this.#timeoutMs = timeoutMs;
    this.#call = call;
  }

  /**
   * Sends a request. One that changes nothing is sent again where the connection broke.
   * @throws RequestError `ServiceUnreachable`, `ServiceNotTrusted` or `ServiceTimeout`
   */
  async send(outgoing: WireRequest): Promise<WireResponse> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(outgoing);
      } catch (error) {
        const failure = this.failureOf(error, outgoing.url);
        const mayRetry = failure.code === 'ServiceUnreachable' && failure.details.data?.IsRetriable === 'True';
        if (!mayRetry || attempt === MAX_ATTEMPTS || !['GET', 'HEAD'].includes(outgoing.method)) throw failure;
        const waitMs = 1000 * 2 ** (attempt - 1);
        this.#call.verbose(`${failure.message} Trying again in ${waitMs / 1000} s.`);
        await delay(waitMs, undefined, { signal: this.#call.signal });
      }
    }
  }

  /** Reads a body to its end. @throws RequestError as `send` does, and `ServiceAnswerInvalid` for one over the limit */
  async read({ body }: WireResponse, url: URL, limit: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > limit) throw tooLong(url, limit);
      }
    } catch (error) {
      throw error instanceof RequestError ? error : this.failureOf(error, url);
    }
    return Buffer.concat(chunks, size);
  }

  /** Why a request or the reading of its answer failed. Throws the signal's reason where the call was stopped. */
  failureOf(error: unknown, url: URL): RequestError {
    this.#call.signal.throwIfAborted();
    return asRequestError(transportError(error, url, this.#timeoutMs, this.#route.proxySchemes()));
  }

  async #sendOnce({ method, url, headers, body }: WireRequest): Promise<WireResponse> {
    // Only what was asked for by name may be shown: a redirect's query is as good as a password.
    this.#call.verbose(`${method} ${url.origin}${url.pathname}`);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), this.#timeoutMs);
    const signal = AbortSignal.any([this.#call.signal, limit.signal]);
    try {
      const answered = request(url, {
        method,
        headers: { 'accept-encoding': 'gzip, br', ...headers },
        ...(body && { body: body() }),
        dispatcher: this.#route.dispatcher,
        headersTimeout: this.#timeoutMs,
        bodyTimeout: this.#timeoutMs,
        signal,
      });
      const response = await untilAborted(answered, signal);
      const received = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]);
      const fields: Record<string, string> = Object.fromEntries(received);
      return { status: response.statusCode, headers: fields, body: decoded(response.body, fields['content-encoding']) };
    } finally {
      clearTimeout(timer);
    }
  }
}

function decoded(body: Readable, coding: string | undefined): Readable {
  const decoder = coding === 'gzip' ? createGunzip() : coding === 'br' ? createBrotliDecompress() : undefined;
  if (decoder === undefined) return body;
  body.on('error', error => decoder.destroy(error));
  decoder.on('close', () => body.destroy());
  return body.pipe(decoder);
}

const codes: Readonly<Record<string, RequestErrorCode>> = {
  AuthorityUnreachable: 'ServiceUnreachable',
  AuthorityNotTrusted: 'ServiceNotTrusted',
  AuthorityTimeout: 'ServiceTimeout',
};

function asRequestError(error: unknown): RequestError {
  if (!(error instanceof AuthError)) throw error;
  const { message, recommendedAction, target, data } = error;
  const code = codes[error.code] ?? 'ServiceUnreachable';
  return new RequestError({ code, message, recommendedAction, target, data, cause: error });
}

function tooLong({ host }: URL, limit: number): RequestError {
  return new RequestError({
    code: 'ServiceAnswerInvalid',
    message: `The answer of ${host} is longer than ${limit / 1024 / 1024} MB.`,
    recommendedAction: 'Pass -OutputFilePath to have it written into a file, or ask for less.',
    target: host,
  });
}
