import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { request } from 'undici';
import { AuthError } from '../auth-error.ts';
import { asksForDeviceCode, invalidAnswer, readAnswer } from '../authority/answer.ts';
import { authorityRefusal } from '../authority/answer-validators.ts';
import type { AuthorityRefusal } from '../authority/messages.ts';
import { cleanRefusal } from '../authority/refusal.ts';
import { secretsOf, withoutTelemetry } from '../token-request.ts';
import { createRoute, type Route } from './dispatcher.ts';
import { retryAfterMs } from './retry-after.ts';
import type { NetworkCall, NetworkSettings } from './settings.ts';
import { timeoutOf, untilAborted } from './time-limit.ts';
import { transportError } from './transport-error.ts';
import { unavailableError } from './unavailable-error.ts';

const MAX_ATTEMPTS = 3;
/** A longer wait than this is the user's to decide on. */
const MAX_RETRY_AFTER_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** What a `slow_down` adds to the interval, for this poll and all after it (RFC 8628, section 3.5). */
const SLOW_DOWN_MS = 5000;

/** A request to an authority, or to what gives a workload its identity. */
export interface AuthorityRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: URLSearchParams;
}

/** The whole answer. */
export interface AuthorityResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * MSAL's way to the network, with a time limit (SECMGMT_HTTP_TIMEOUT, in seconds) and bounded retries that wait as long
 * as Retry-After says. MSAL puts errors of its own in the place of most that happen here, so the last one stays to be
 * read.
 */
export class NetworkClient implements INetworkModule {
  /** The call that requests are made for; set before MSAL is asked for anything. */
  call: NetworkCall;
  /** Why the last request had no answer. */
  failure: AuthError | undefined;
  /** The last answer that said no, without anything secret in it. */
  refusal: AuthorityRefusal | undefined;
  #settings: NetworkSettings;
  #route: Route;
  #timeoutMs: number;
  #pollDelayMs = 0;

  /** Warns of settings that are none. @throws AuthError where HTTPS_PROXY names no proxy. */
  constructor(call: NetworkCall, settings: NetworkSettings) {
    this.call = call;
    this.#settings = settings;
    this.#timeoutMs = timeoutOf(settings.environment, call);
    this.#route = this.#open();
  }

  /** What leads to the network for this call. */
  get environment(): NodeJS.ProcessEnv {
    return this.#settings.environment;
  }

  /** Goes on for another call, whose settings may be others: connections of the same settings stay open. */
  async continueFor(call: NetworkCall, settings: NetworkSettings): Promise<void> {
    this.call = call;
    if (isDeepStrictEqual(settings, this.#settings)) return;
    const before = this.#route;
    this.#settings = settings;
    this.#timeoutMs = timeoutOf(settings.environment, call);
    this.#route = this.#open();
    await before.dispatcher.destroy();
  }

  #open(): Route {
    const route = createRoute(this.#settings, this.#timeoutMs);
    for (const warning of route.warnings) this.call.warn(warning);
    return route;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('POST', url, options);
  }

  /** Forgets what went wrong before. */
  clear(): void {
    this.failure = undefined;
    this.refusal = undefined;
    this.#pollDelayMs = 0;
  }

  /** Closes all connections. The client is of no use afterwards. */
  async close(): Promise<void> {
    await this.#route.dispatcher.destroy();
  }

  async #send<T>(
    method: 'GET' | 'POST',
    url: string,
    { headers = {}, body = '' }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    this.failure = undefined;
    this.refusal = undefined;
    const form = new URLSearchParams(body);
    const outgoing = { method, url: new URL(url), headers, form };
    try {
      if (form.has('device_code') && this.#pollDelayMs > 0) {
        await delay(this.#pollDelayMs, undefined, { signal: this.call.signal });
      }
      const answer = await this.#sendWithRetries(outgoing);
      const value = readAnswer({ ...outgoing, ...answer });
      if (!authorityRefusal.accepts(value)) return { ...answer, body: bodyForMsal(value) };
      const refusal = this.#refused(value, form);
      // MSAL takes any answer here for a device code: it would show and poll with what a refusal does not have.
      if (asksForDeviceCode(outgoing.url))
        throw new Error(`${outgoing.url.host} gave no device code: ${refusal.error}`);
      return { ...answer, headers: withoutRetryAfter(answer.headers), body: bodyForMsal(refusal) };
    } catch (error) {
      if (error instanceof AuthError) this.failure = error;
      throw error;
    }
  }

  /** Keeps a refusal, and gives what MSAL is to know of it. */
  #refused(value: AuthorityRefusal, form: URLSearchParams): AuthorityRefusal {
    const refusal = cleanRefusal(value, secretsOf(form));
    const isDevicePoll = form.has('device_code');
    // MSAL gives up at a `slow_down`, so it is told that nothing has happened yet, and the wait is here.
    if (isDevicePoll && value.error === 'slow_down') {
      this.#pollDelayMs += SLOW_DOWN_MS;
      return { ...value, ...refusal, error: 'authorization_pending' };
    }
    if (!isDevicePoll || value.error !== 'authorization_pending') this.refusal = refusal;
    return { ...value, ...refusal };
  }

  /** Sends a request, again where it may pass by itself. @throws AuthError where there is no answer, or none but faults */
  async exchange(outgoing: AuthorityRequest): Promise<AuthorityResponse> {
    try {
      return await this.#sendWithRetries(outgoing);
    } catch (error) {
      if (error instanceof AuthError) this.failure = error;
      throw error;
    }
  }

  async #sendWithRetries(outgoing: AuthorityRequest): Promise<AuthorityResponse> {
    const { url, form } = outgoing;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === MAX_ATTEMPTS;
      let waitMs = 1000 * 2 ** (attempt - 1);
      try {
        const answer = await this.#sendOnce(outgoing);
        if (answer.status !== 429 && answer.status < 500) return answer;
        const toldMs = retryAfterMs(answer.headers);
        waitMs = toldMs ?? waitMs;
        const isSafe = !redeemsCode(form) || answer.status === 429 || answer.status === 503;
        if (isLast || !isSafe || waitMs > MAX_RETRY_AFTER_MS) {
          throw unavailableError({ ...outgoing, ...answer, retryAfterMs: toldMs });
        }
        this.call.verbose(`${url.host} answered ${answer.status}; asking again in ${waitMs / 1000} s.`);
      } catch (error) {
        this.call.signal.throwIfAborted();
        const failure =
          error instanceof AuthError ? error : transportError(error, url, this.#timeoutMs, this.#route.proxySchemes());
        const mayRetry = failure.code === 'AuthorityUnreachable' && failure.data.IsRetriable === 'True';
        if (!mayRetry || redeemsCode(form) || isLast) throw failure;
        this.call.verbose(`${failure.message} Trying again in ${waitMs / 1000} s.`);
      }
      await delay(waitMs, undefined, { signal: this.call.signal });
    }
  }

  async #sendOnce({ method, url, headers, form }: AuthorityRequest): Promise<AuthorityResponse> {
    this.call.verbose(`${method} ${url.origin}${url.pathname}`);
    const signal = AbortSignal.any([this.call.signal, AbortSignal.timeout(this.#timeoutMs)]);
    const answered = request(url, {
      method,
      headers: Object.fromEntries(withoutTelemetry(Object.entries(headers))),
      ...(method === 'POST' && { body: new URLSearchParams(withoutTelemetry(form)).toString() }),
      dispatcher: this.#route.dispatcher,
      signal,
    });
    const response = await untilAborted(answered, signal);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw invalidAnswer(url.host, 'it is too long');
    }
    const received = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(received),
      body: Buffer.concat(chunks).toString(),
    };
  }
}

/**
 * What a refusal's headers tell MSAL. Of a Retry-After it would make an error of its own for later requests, which are the
 * caller's to make.
 */
function withoutRetryAfter(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'retry-after'));
}

/** A code can be redeemed once, and after a broken connection or a fault nobody knows whether it was. */
function redeemsCode(form: URLSearchParams): boolean {
  return form.get('grant_type') === 'authorization_code';
}

/** MSAL names the type that it expects; `readAnswer` has checked the fields that it reads. */
function bodyForMsal<T>(value: unknown): T {
  const body: T = JSON.parse(JSON.stringify(value));
  return body;
}
