import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';

/** Tells a provider how the front has proved the application: `none`, `secret` or `assertion`. */
export const clientProofHeader = 'x-client-proof';

/** A provider's answer. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  /** The path and query, as the provider's own routes are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form. */
  readonly form?: URLSearchParams;
}

/** Speaks HTTP to a provider over a pair of streams: it needs no port, and nobody else can reach it. */
export class ProviderEndpoint {
  readonly provider: Provider;
  readonly #server;

  constructor(provider: Provider) {
    this.provider = provider;
    this.#server = createServer(provider.callback());
  }

  async send({ method, path, headers = {}, form }: ProviderRequest): Promise<ProviderAnswer> {
    const { host } = new URL(this.provider.issuer);
    const [near, far] = duplexPair();
    this.#server.emit('connection', far);
    const body = form?.toString();
    const answer = await new Promise<ProviderAnswer>((resolve, reject) => {
      const sent = httpRequest(
        {
          createConnection: () => near,
          method,
          path,
          headers: {
            host,
            connection: 'close',
            'x-forwarded-proto': 'https',
            ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
            ...headers,
          },
        },
        incoming => {
          text(incoming).then(
            received => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: received }),
            reject,
          );
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
    near.destroy();
    return answer;
  }
}
