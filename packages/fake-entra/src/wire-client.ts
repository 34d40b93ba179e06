import { fetch, ProxyAgent } from 'undici';
import type { Entra } from './entra.ts';
import { type EnvironmentName, environments } from './environments.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body's fields; none of another kind of body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A client that knows nothing of OAuth: it sends what a test tells it, through the proxy. */
export class WireClient implements AsyncDisposable {
  readonly #proxied: ProxyAgent;

  constructor({ proxyUrl, caPem }: Entra) {
    this.#proxied = new ProxyAgent({ uri: proxyUrl, requestTls: { ca: caPem } });
  }

  async get(url: string): Promise<WireAnswer> {
    return await this.#send(url, { redirect: 'manual' });
  }

  async post(url: string, form: Readonly<Record<string, string>>): Promise<WireAnswer> {
    return await this.#send(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
  }

  /** Asks a tenant's token endpoint; of the public cloud when no other is named. */
  async token(
    tenant: string,
    form: Readonly<Record<string, string>>,
    environment: EnvironmentName = 'AzureCloud',
  ): Promise<WireAnswer> {
    return await this.post(`https://${environments[environment].authority}/${tenant}/oauth2/v2.0/token`, form);
  }

  async [Symbol.asyncDispose]() {
    await this.#proxied.close();
  }

  async #send(url: string, init: Parameters<typeof fetch>[1]): Promise<WireAnswer> {
    const answer = await fetch(url, { ...init, dispatcher: this.#proxied });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: answer.status,
      headers: new Headers([...answer.headers]),
      text,
      body: isJson ? JSON.parse(text) : {},
    };
  }
}
