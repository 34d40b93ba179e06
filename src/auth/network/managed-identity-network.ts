import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AuthError } from '../auth-error.ts';
import { invalidAnswer } from '../authority/answer.ts';
import { readManagedIdentityAnswer } from '../authority/managed-identity-answer.ts';
import type { NetworkClient } from './client.ts';

const WRONG_ADDRESS =
  'the environment variable IDENTITY_ENDPOINT or AZURE_POD_IDENTITY_AUTHORITY_HOST is to have the address of its endpoint, and has none.';

/** MSAL's way to the endpoint of a managed identity, whose answers are no authority's. */
export class ManagedIdentityNetwork implements INetworkModule {
  readonly #client: NetworkClient;

  constructor(client: NetworkClient) {
    this.#client = client;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send('POST', url, options);
  }

  async #send<T>(
    method: 'GET' | 'POST',
    text: string,
    { headers = {}, body = '' }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    try {
      const url = URL.parse(text);
      if (url === null) throw managedIdentityUnavailable('Identity', WRONG_ADDRESS);
      const response = await this.#client
        .exchange({ method, url, headers, form: new URLSearchParams(body) })
        .catch((error: unknown) => Promise.reject(toUnavailable(error, url.host)));
      // Azure Arc names a file that a program of this computer's administrators can read: MSAL sends what is in it.
      const isChallenge = response.status === 401 && 'www-authenticate' in response.headers;
      if (isChallenge && headers.Authorization === undefined) return { ...response, body: emptyBody() };
      const answer = readManagedIdentityAnswer(response.status, response.body);
      if ('refusal' in answer) throw refused(url.host, answer.refusal);
      if ('fault' in answer) throw invalidAnswer(url.host, answer.fault);
      const tokens: T = JSON.parse(response.body);
      return { ...response, body: tokens };
    } catch (error) {
      // MSAL puts an error of its own in its place.
      if (error instanceof AuthError) this.#client.failure = error;
      throw error;
    }
  }
}

function emptyBody<T>(): T {
  const body: T = JSON.parse('{}');
  return body;
}

/** The error for an endpoint that does not answer: then this is not the Azure resource that it would be on. */
function toUnavailable(error: unknown, host: string): unknown {
  if (!(error instanceof AuthError) || !['AuthorityUnreachable', 'AuthorityTimeout'].includes(error.code)) return error;
  return managedIdentityUnavailable(host, error.message, error);
}

/** The error for a computer that has no managed identity, or whose endpoint is set up wrongly. */
export function managedIdentityUnavailable(target: string, reason: string, cause?: unknown): AuthError {
  return new AuthError({
    code: 'ManagedIdentityUnavailable',
    message: `No managed identity can be had here: ${reason}`,
    recommendedAction:
      'Run the cmdlet on an Azure resource, or a server with Azure Arc, that has a managed identity; elsewhere connect with Connect-SecMgmtAccount.',
    target,
    cause,
  });
}

function refused(host: string, reason: string): AuthError {
  return new AuthError({
    code: 'ManagedIdentityRefused',
    message: `${host} gives no token of a managed identity (${reason}).`,
    recommendedAction:
      'Turn the system-assigned identity of this resource on, or pass an identifier of a user-assigned one that is assigned to it.',
    target: host,
  });
}
