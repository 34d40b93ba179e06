import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { AuthError } from './auth-error.ts';
import type { AuthorityRefusal } from './authority-messages.ts';
import { authorityRefusal } from './authority-validators.ts';
import { redact, secretsOf, withoutTelemetry } from './token-request.ts';
import { transportError } from './transport-error.ts';

/** How long one request may take, in milliseconds, where the environment says nothing else. */
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 3;
/** A longer wait than this is the user's to decide on. */
const MAX_RETRY_AFTER_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** What a `slow_down` adds to the interval, for this poll and all after it (RFC 8628, section 3.5). */
const SLOW_DOWN_MS = 5000;

/** What a request needs of the call that it is made for. */
export interface NetworkCall {
  readonly signal: AbortSignal;
  verbose(message: string): void;
}

/**
 * MSAL's way to the network: through the proxy that HTTPS_PROXY and NO_PROXY name, trusting the system's certification
 * authorities and those of NODE_EXTRA_CA_CERTS, with a time limit (SECMGMT_HTTP_TIMEOUT, in seconds) and bounded retries
 * that wait as long as Retry-After says.
 *
 * MSAL puts errors of its own in the place of most that happen here, so the last one stays to be read.
 */
export class NetworkClient implements INetworkModule {
  /** The call that requests are made for; set before MSAL is asked for anything. */
  call: NetworkCall;
  /** Why the last request had no answer. */
  failure: AuthError | undefined;
  /** The last answer that said no, without anything secret in it. */
  refusal: AuthorityRefusal | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #timeoutMs: number;
  #pollDelayMs = 0;

  constructor(call: NetworkCall, environment: NodeJS.ProcessEnv = process.env) {
    this.call = call;
    this.#timeoutMs = timeoutOf(environment);
    const tls = { ca: trustedCertificates(), timeout: this.#timeoutMs };
    this.#dispatcher = new EnvHttpProxyAgent({ connect: tls, requestTls: tls, proxyTls: tls });
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
    await this.#dispatcher.destroy();
  }

  async #send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    this.failure = undefined;
    this.refusal = undefined;
    const form = new URLSearchParams(options.body);
    const isDevicePoll = form.has('device_code');
    try {
      if (isDevicePoll && this.#pollDelayMs > 0)
        await delay(this.#pollDelayMs, undefined, { signal: this.call.signal });
      const { host } = new URL(url);
      const answer = await this.#sendWithRetries(method, new URL(url), options, form);
      let text = answer.body;
      const value: unknown = parseAnswer(text, host);
      if (authorityRefusal.accepts(value)) {
        this.refusal = withoutSecrets(value, secretsOf(form));
        if (isDevicePoll && value.error === 'slow_down') {
          this.#pollDelayMs += SLOW_DOWN_MS;
          text = JSON.stringify({ ...value, error: 'authorization_pending' });
        }
      }
      return { ...answer, body: parseAnswer<T>(text, host) };
    } catch (error) {
      if (error instanceof AuthError) this.failure = error;
      throw error;
    }
  }

  async #sendWithRetries(
    method: 'GET' | 'POST',
    url: URL,
    options: NetworkRequestOptions,
    form: URLSearchParams,
  ): Promise<NetworkResponse<string>> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === MAX_ATTEMPTS;
      let waitMs = 1000 * 2 ** (attempt - 1);
      try {
        const answer = await this.#sendOnce(method, url, options, form);
        if (answer.status !== 429 && answer.status < 500) return answer;
        waitMs = retryAfterMs(answer.headers['retry-after']) ?? waitMs;
        if (isLast || waitMs > MAX_RETRY_AFTER_MS) throw unavailable(url.host, answer.status, waitMs);
        this.call.verbose(`${url.host} answered ${answer.status}; asking again in ${waitMs / 1000} s.`);
      } catch (error) {
        this.call.signal.throwIfAborted();
        const failure = error instanceof AuthError ? error : transportError(error, url, this.#timeoutMs);
        // A code can be redeemed once, and nobody knows whether it was before the connection broke.
        const isSafe = form.get('grant_type') !== 'authorization_code';
        if (failure.code !== 'AuthorityUnreachable' || !isSafe || isLast) throw failure;
        this.call.verbose(`${failure.message} Trying again in ${waitMs / 1000} s.`);
      }
      await delay(waitMs, undefined, { signal: this.call.signal });
    }
  }

  async #sendOnce(
    method: 'GET' | 'POST',
    url: URL,
    options: NetworkRequestOptions,
    form: URLSearchParams,
  ): Promise<NetworkResponse<string>> {
    this.call.verbose(`${method} ${url.origin}${url.pathname}`);
    const signal = AbortSignal.any([this.call.signal, AbortSignal.timeout(this.#timeoutMs)]);
    const response = await request(url, {
      method,
      headers: Object.fromEntries(withoutTelemetry(Object.entries(options.headers ?? {}))),
      ...(method === 'POST' && { body: new URLSearchParams(withoutTelemetry(form)).toString() }),
      dispatcher: this.#dispatcher,
      signal,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw invalidAnswer(url.host, 'it is too long');
    }
    const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks).toString(),
    };
  }
}

/** The whole of Node's, the user's and the operating system's certification authorities; Node's own where it is older. */
function trustedCertificates(): string[] | undefined {
  if (typeof getCACertificates !== 'function') return undefined;
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

function timeoutOf(environment: NodeJS.ProcessEnv): number {
  const seconds = Number(environment.SECMGMT_HTTP_TIMEOUT);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : DEFAULT_TIMEOUT_MS;
}

/** MSAL checks the fields that it reads, so the shape is taken on its word here. */
function parseAnswer<T>(text: string, host: string): T {
  try {
    const value: T = JSON.parse(text);
    return value;
  } catch (error) {
    throw invalidAnswer(host, 'it is not JSON', error);
  }
}

function withoutSecrets(refusal: AuthorityRefusal, secrets: readonly string[]): AuthorityRefusal {
  const { error_description: description } = refusal;
  return description === undefined ? refusal : { ...refusal, error_description: redact(description, secrets) };
}

/** The wait that a Retry-After asks for, in milliseconds: seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

function unavailable(host: string, status: number, waitMs: number): AuthError {
  const seconds = Math.ceil(waitMs / 1000);
  const data = { ErrorCode: String(status), IsRetriable: 'True', RetryAfterSeconds: String(seconds) };
  if (status === 429) {
    return new AuthError({
      code: 'AuthorityThrottled',
      message: `${host} takes no more requests for now (429).`,
      recommendedAction: `Try again in ${seconds} s.`,
      target: host,
      data,
    });
  }
  return new AuthError({
    code: 'AuthorityUnavailable',
    message: `${host} has a fault of its own (${status}).`,
    recommendedAction: 'Try again in a few minutes; if it goes on, see the health page of the service.',
    target: host,
    data,
  });
}

function invalidAnswer(host: string, reason: string, cause?: unknown): AuthError {
  return new AuthError({
    code: 'AuthorityAnswerInvalid',
    message: `What answered for ${host} is no sign-in service: ${reason}.`,
    recommendedAction:
      'A proxy, a filter or a network with a sign-in page of its own may have answered. Open a web page in a browser, then try again.',
    target: host,
    data: { IsRetriable: 'True' },
    cause,
  });
}
