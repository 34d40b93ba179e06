import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NodeAuthOptions,
  PublicClientApplication,
} from '@azure/msal-node';
import { fetch, ProxyAgent } from 'undici';
import type { Entra } from './entra.ts';
import { type EnvironmentName, environments } from './environments.ts';

/** MSAL as an independent client of the authority: it goes through the proxy and trusts the test CA alone. */
export class MsalClients implements AsyncDisposable {
  readonly #proxied: ProxyAgent;

  constructor({ proxyUrl, caPem }: Entra) {
    this.#proxied = new ProxyAgent({ uri: proxyUrl, requestTls: { ca: caPem } });
  }

  publicClient(environment: EnvironmentName, tenant: string, clientId: string): PublicClientApplication {
    return new PublicClientApplication(this.#configuration(environment, tenant, { clientId }));
  }

  confidentialClient(
    environment: EnvironmentName,
    tenant: string,
    auth: Omit<NodeAuthOptions, 'authority' | 'knownAuthorities'>,
  ): ConfidentialClientApplication {
    return new ConfidentialClientApplication(this.#configuration(environment, tenant, auth));
  }

  async [Symbol.asyncDispose]() {
    await this.#proxied.close();
  }

  #configuration(environment: EnvironmentName, tenant: string, auth: NodeAuthOptions) {
    const { authority } = environments[environment];
    return {
      auth: { ...auth, authority: `https://${authority}/${tenant}`, knownAuthorities: [authority] },
      system: { networkClient: this.#networkClient() },
    };
  }

  #networkClient(): INetworkModule {
    const send = async <T>(method: 'GET' | 'POST', url: string, options: NetworkRequestOptions = {}) => {
      const { headers, body } = options;
      const answer = await fetch(url, {
        method,
        dispatcher: this.#proxied,
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      });
      const parsed: T = JSON.parse(await answer.text());
      return { headers: Object.fromEntries(answer.headers), body: parsed, status: answer.status };
    };
    return {
      sendGetRequestAsync: (url, options) => send('GET', url, options),
      sendPostRequestAsync: (url, options) => send('POST', url, options),
    };
  }
}

/** The scope a sign-in to a cloud asks for. */
export const graphScope = (environment: EnvironmentName): string =>
  `https://${environments[environment].graph}/.default`;
