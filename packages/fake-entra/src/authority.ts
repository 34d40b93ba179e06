import { AadstsRefusal, errorFields, errorResponse } from './aadsts.ts';
import { RedirectedRefusal } from './authorization-request.ts';
import { redirectRefusal } from './authorization-response.ts';
import { answerAuthorize } from './authorize-endpoint.ts';
import { type AuthorityContext, Cloud } from './cloud.ts';
import { answerDeviceCode } from './device-code-endpoint.ts';
import { answerDevicePage, isDevicePage } from './device-page.ts';
import type { User } from './directory.ts';
import { instanceDiscovery, keySet, openIdConfiguration } from './discovery.ts';
import { type EnvironmentName, environmentNames, environments } from './environments.ts';
import { type HttpRequest, type HttpResponse, htmlResponse } from './http-message.ts';
import { messagePage } from './pages.ts';
import { answerSignIn } from './sign-in.ts';
import { answerToken } from './token-endpoint.ts';

/** The authorities of the five clouds, each at its own host. */
export class Authority {
  readonly clouds: ReadonlyMap<EnvironmentName, Cloud>;
  /** What failed in the authority itself: a test that sees any has found a fault in it. */
  readonly failures: unknown[] = [];
  readonly #context: AuthorityContext;

  constructor(context: AuthorityContext) {
    this.#context = context;
    this.clouds = new Map(environmentNames.map(name => [name, new Cloud(environments[name], context)]));
  }

  /** The cloud that a user's account is in. */
  cloudOf({ tenantId }: User): Cloud {
    const tenant = this.#context.directory.tenants.find(({ id }) => id === tenantId);
    const cloud = tenant === undefined ? undefined : this.clouds.get(tenant.environment);
    if (cloud === undefined) throw new Error('The user is of no tenant of the directory.');
    return cloud;
  }

  /** Whether the host is an authority's, or the page's where a person types a device code. */
  isHost(host: string): boolean {
    return this.#cloudAt(host) !== undefined || deviceLogins.some(page => new URL(page).host === host);
  }

  /** Answers as Entra ID does: a refusal becomes its error, and a fault in here becomes its 90033. */
  async answer(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#route(request).catch((error: unknown) => this.#answerError(request, error));
    if (request.path.endsWith('/oauth2/v2.0/token')) this.#context.devices.answered(request, response);
    return response;
  }

  #answerError(request: HttpRequest, error: unknown): HttpResponse {
    const { clock } = this.#context;
    if (error instanceof RedirectedRefusal) return redirectRefusal(request, clock, error.redirect, error.refusal);
    if (!(error instanceof AadstsRefusal)) this.failures.push(error);
    const refusal = error instanceof AadstsRefusal ? error : new AadstsRefusal(90033, { reason: String(error) });
    if (!isForPeople(request.path)) return errorResponse(request, clock, refusal.code, refusal.detail);
    const { error_description } = errorFields(request, clock, refusal.code, refusal.detail);
    return htmlResponse(400, messagePage('Sorry, but we’re having trouble signing you in.', error_description));
  }

  async #route(request: HttpRequest): Promise<HttpResponse> {
    if (isDevicePage(request.host, request.path, deviceLogins)) return answerDevicePage(request, this.#context);
    const cloud = this.#cloudAt(request.host);
    const [, tenant = '', endpoint = ''] = /^\/([^/]+)\/(.+)$/.exec(request.path) ?? [];
    const name = decodeURIComponent(tenant);
    if (cloud === undefined) return notFound();
    switch (endpoint) {
      case 'discovery/instance':
        return instanceDiscovery(request);
      case 'v2.0/.well-known/openid-configuration':
        return openIdConfiguration(request, name, cloud, this.#context.directory);
      case 'discovery/v2.0/keys':
        return keySet(cloud, this.#context.signingKey);
      case 'oauth2/v2.0/token':
        return await answerToken(request, name, cloud, this.#context);
      case 'oauth2/v2.0/devicecode':
        return await answerDeviceCode(request, name, cloud, this.#context);
      case 'oauth2/v2.0/authorize':
        return await answerAuthorize(request, name, cloud, this.#context);
      case 'login':
        return await answerSignIn(request, this.#context);
      case 'oauth2/v2.0/logout':
        return htmlResponse(200, messagePage('You signed out of your account', 'Close all browser windows.'));
      default:
        return notFound();
    }
  }

  #cloudAt(host: string): Cloud | undefined {
    return [...this.clouds.values()].find(({ environment }) => environment.authority === host);
  }
}

const deviceLogins = Object.values(environments).map(({ deviceLogin }) => deviceLogin);

const notFound = (): HttpResponse => htmlResponse(404, messagePage('Not found', 'There is nothing at this address.'));

/** Whether a person is at the other end, and not a program. */
function isForPeople(path: string): boolean {
  return /\/(authorize|login|logout|deviceauth)$/.test(path);
}
