import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { environments } from '../environments.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { SigningKey } from '../signing-key.ts';
import { answerBatch } from './batch.ts';
import { GraphRefusal, graphResponse, refusalResponse } from './graph-answers.ts';
import { type BearerClaims, type ClaimsChallenge, TokenCheck } from './token-check.ts';

/** An object of a service. */
export type Entity = Record<string, unknown>;

/** A collection, and how it is given out. */
export interface Collection {
  readonly items: Entity[];
  /** Objects on a page, where the request does not say. Microsoft Graph: 100. */
  readonly pageSize?: number;
  /** Changes the link to the next page. */
  readonly nextLink?: (link: string) => string;
}

/** Requests that are told to come later. */
interface Throttle {
  readonly path: string | RegExp;
  readonly status: number;
  readonly retryAfter: string | undefined;
  times: number;
}

const hosts = Object.values(environments).flatMap(({ graph, management }) => [graph, management]);
const managementHosts = Object.values(environments).map(({ management }) => management);

/** Microsoft Graph and Azure's management on loopback, each cloud's at its own host. */
export class Graph {
  /** By their paths, such as `/v1.0/users`. */
  readonly collections = new Map<string, Collection>();
  /** What a path's beginning needs to be read or written. */
  readonly permissions = new Map<string, string>();
  /** Answers of a test's own, by path. */
  readonly answers = new Map<string, (request: HttpRequest) => HttpResponse | Promise<HttpResponse>>();
  /** Waited for before each answer. */
  delay: () => Promise<unknown> = () => Promise.resolve();
  readonly #clock: Clock;
  readonly #tokens: TokenCheck;
  #throttles: Throttle[] = [];

  constructor(key: SigningKey, clock: Clock) {
    this.#clock = clock;
    this.#tokens = new TokenCheck(key, clock);
  }

  isHost(host: string): boolean {
    return hosts.includes(host);
  }

  /** Has each token refused that was not asked for with these claims; nothing is challenged any more without any. */
  challenge(claims?: string): void {
    const challenge: ClaimsChallenge | undefined = claims === undefined ? undefined : { claims };
    this.#tokens.challenge = challenge;
  }

  /** Tells the next requests to come later (429), or that the service is not there (503). */
  throttle(
    path: string | RegExp,
    {
      times = 1,
      status = 429,
      retryAfter = '0',
    }: { times?: number; status?: number; retryAfter?: string | undefined } = {},
  ): void {
    this.#throttles.push({ path, status, retryAfter, times });
  }

  /** Goes back to how it was at first, with what it has. */
  reset(): void {
    this.#throttles = [];
    this.#tokens.challenge = undefined;
    this.permissions.clear();
    this.answers.clear();
    this.delay = () => Promise.resolve();
  }

  /** The authority's side: a token was issued for a request with these claims. */
  issued(token: string, claims: string | null): void {
    this.#tokens.issued(token, claims);
  }

  async answer(request: HttpRequest): Promise<HttpResponse> {
    await this.delay();
    try {
      const claims = await this.#tokens.check(request);
      if (request.path.endsWith('/$batch'))
        return await answerBatch(request, this.#clock, part => this.#part(part, claims));
      return await this.#route(request, claims);
    } catch (error) {
      return this.#refused(request, error);
    }
  }

  async #part(request: HttpRequest, claims: BearerClaims): Promise<HttpResponse> {
    try {
      return await this.#route(request, claims);
    } catch (error) {
      return this.#refused(request, error);
    }
  }

  #refused(request: HttpRequest, error: unknown): HttpResponse {
    if (error instanceof GraphRefusal) return refusalResponse(request, this.#clock, error);
    throw error;
  }

  async #route(request: HttpRequest, claims: BearerClaims): Promise<HttpResponse> {
    const { path, method, host, query } = request;
    this.#holdBack(path);
    for (const [start, permission] of this.permissions) {
      if (path.startsWith(start) && !claims.permissions.includes(permission)) {
        throw new GraphRefusal(
          403,
          'Authorization_RequestDenied',
          'Insufficient privileges to complete the operation.',
        );
      }
    }
    const own = this.answers.get(path);
    if (own !== undefined) return await own(request);
    if (managementHosts.includes(host) && !query.has('api-version')) {
      throw new GraphRefusal(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    if (path === '/v1.0/me' && method === 'GET') {
      return graphResponse(request, this.#clock, 200, {
        '@odata.context': `https://${host}/v1.0/$metadata#users/$entity`,
        id: claims.oid,
        displayName: claims.name ?? null,
      });
    }
    const collection = this.collections.get(path);
    if (collection !== undefined)
      return method === 'POST' ? this.#create(request, collection) : this.#list(request, collection);
    return this.#entity(request);
  }

  #holdBack(path: string): void {
    const found = this.#throttles.find(
      each => each.times > 0 && (typeof each.path === 'string' ? path.endsWith(each.path) : each.path.test(path)),
    );
    if (found === undefined) return;
    found.times -= 1;
    const headers = found.retryAfter === undefined ? {} : { 'retry-after': found.retryAfter };
    throw found.status === 429
      ? new GraphRefusal(429, 'TooManyRequests', 'Too many requests', headers)
      : new GraphRefusal(
          found.status,
          'serviceNotAvailable',
          'The service is not available. Try the request again after a delay.',
          headers,
        );
  }

  #list(request: HttpRequest, { items, pageSize = 100, nextLink = link => link }: Collection): HttpResponse {
    const { host, path, query } = request;
    const size = Number(query.get('$top') ?? pageSize);
    const at = Number(query.get('$skiptoken') ?? 0);
    const page = items.slice(at, at + size);
    const next = new URLSearchParams(query);
    next.set('$skiptoken', String(at + size));
    const link = nextLink(`https://${host}${path}?${next}`);
    const isLast = at + size >= items.length;
    if (managementHosts.includes(host)) {
      return graphResponse(request, this.#clock, 200, { value: page, ...(!isLast && { nextLink: link }) });
    }
    const isCounted = query.get('$count') === 'true' && request.headers.consistencylevel === 'eventual';
    return graphResponse(request, this.#clock, 200, {
      '@odata.context': `https://${host}/v1.0/$metadata#${path.split('/').at(-1)}`,
      ...(isCounted && at === 0 && { '@odata.count': items.length }),
      ...(!isLast && { '@odata.nextLink': link }),
      value: page,
    });
  }

  #create(request: HttpRequest, { items }: Collection): HttpResponse {
    const given: unknown = JSON.parse(request.body.toString());
    if (typeof given !== 'object' || given === null)
      throw new GraphRefusal(400, 'BadRequest', 'Unable to read JSON request payload.');
    const entity = { id: randomUUID(), ...given };
    items.push(entity);
    return graphResponse(request, this.#clock, 201, entity, {
      location: `https://${request.host}${request.path}/${entity.id}`,
    });
  }

  #entity(request: HttpRequest): HttpResponse {
    const { path, method } = request;
    const slash = path.lastIndexOf('/');
    const id = decodeURIComponent(path.slice(slash + 1));
    const items = this.collections.get(path.slice(0, slash))?.items ?? [];
    const at = items.findIndex(entity => entity.id === id);
    const entity = items[at];
    if (entity === undefined) {
      throw new GraphRefusal(
        404,
        'Request_ResourceNotFound',
        `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      );
    }
    if (method === 'GET') return graphResponse(request, this.#clock, 200, entity);
    if (method === 'DELETE') items.splice(at, 1);
    else if (method === 'PATCH') Object.assign(entity, JSON.parse(request.body.toString()));
    else
      throw new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
    return graphResponse(request, this.#clock, 204);
  }
}
