import type { OutgoingHttpHeaders } from 'node:http';
import type { HttpRequest, HttpResponse } from './http-message.ts';

/** What goes wrong at the connection, before there is a request. */
export type ConnectionFault =
  /** The proxy says that the host can't be reached (502). */
  | { readonly kind: 'refuse' }
  /** The connection is reset (RST). */
  | { readonly kind: 'reset' }
  /** The proxy asks who is there by these schemes (407), until it gets `USER:PASSWORD` by Basic. */
  | { readonly kind: 'authenticate'; readonly schemes: readonly string[]; readonly credentials?: string }
  /** TLS is answered with a certificate of a CA that nobody trusts. */
  | { readonly kind: 'untrusted certificate' };

/** What goes wrong with a request. */
export type RequestFault =
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' }
  /** Half of the answer is sent, then the connection is cut. */
  | { readonly kind: 'drop' }
  /** The answer waits for this promise. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** The authority's own answer is changed on its way: see changed-answers.ts. */
  | { readonly kind: 'change'; change(response: HttpResponse): HttpResponse }
  /** This is answered instead: 429 with Retry-After, 5xx, something that is no JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: OutgoingHttpHeaders;
      readonly body?: string;
    };

export type Fault = ConnectionFault | RequestFault;

/** Where a fault is put; everything that is left out matches. */
export interface FaultRule {
  readonly host?: string;
  /** The path's end, or a pattern for the whole path. A connection fault looks at the host alone. */
  readonly path?: string | RegExp;
  /** How often it happens; for good when left out. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A fault that was put somewhere. */
export interface PlacedFault {
  readonly hits: number;
  /** Waits until it has happened so often. */
  reached(hits?: number): Promise<void>;
  remove(): void;
}

/** Answers that say «later» or «not now» (RFC 6585, 4; RFC 9110, 10.2.3 and 15.6). */
export const tooManyRequests = (retryAfterSeconds: number): RequestFault => ({
  kind: 'answer',
  status: 429,
  headers: { 'retry-after': String(retryAfterSeconds) },
  body: '{"error":"temporarily_unavailable","error_description":"AADSTS90055: Too many requests."}',
});

export const serverError = (status = 503, headers: OutgoingHttpHeaders = {}): RequestFault => ({
  kind: 'answer',
  status,
  headers,
  body: '{"error":"temporarily_unavailable","error_description":"AADSTS90033: A transient error has occurred."}',
});

/** A page instead of JSON, as a captive portal or a filtering proxy sends. */
export const garbage = (status = 200): RequestFault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Sign in to the guest network</body></html>',
});

const connectionKinds: ReadonlySet<string> = new Set(['refuse', 'reset', 'authenticate', 'untrusted certificate']);

function isConnectionFault(fault: Fault): fault is ConnectionFault {
  return connectionKinds.has(fault.kind);
}

/** The faults in force. A later one goes before an earlier one. */
export class FaultInjector {
  readonly #placed: Placed[] = [];

  add(rule: FaultRule): PlacedFault {
    const placed = new Placed(rule, () => {
      const at = this.#placed.indexOf(placed);
      if (at >= 0) this.#placed.splice(at, 1);
    });
    this.#placed.unshift(placed);
    return placed;
  }

  clear(): void {
    this.#placed.length = 0;
  }

  /** The proxy's side: the fault for a connection that is asked for. */
  takeForConnection(host: string): ConnectionFault | undefined {
    for (const placed of this.#placed) {
      const { fault } = placed.rule;
      if (isConnectionFault(fault) && placed.matches(host)) {
        placed.hit();
        return fault;
      }
    }
    return undefined;
  }

  /** The proxy's side: the fault for a request. */
  takeForRequest({ host, path }: HttpRequest): RequestFault | undefined {
    for (const placed of this.#placed) {
      const { fault } = placed.rule;
      if (!isConnectionFault(fault) && placed.matches(host, path)) {
        placed.hit();
        return fault;
      }
    }
    return undefined;
  }
}

class Placed implements PlacedFault {
  readonly rule: FaultRule;
  readonly remove: () => void;
  hits = 0;
  readonly #waiting: { readonly hits: number; readonly resolve: () => void }[] = [];

  constructor(rule: FaultRule, remove: () => void) {
    this.rule = rule;
    this.remove = remove;
  }

  matches(host: string, path?: string): boolean {
    const { rule } = this;
    if (rule.times !== undefined && this.hits >= rule.times) return false;
    if (rule.host !== undefined && rule.host !== host) return false;
    if (rule.path === undefined || path === undefined) return true;
    return typeof rule.path === 'string' ? path.endsWith(rule.path) : rule.path.test(path);
  }

  hit(): void {
    this.hits += 1;
    for (const { hits, resolve } of this.#waiting) if (this.hits >= hits) resolve();
  }

  reached(hits = 1): Promise<void> {
    if (this.hits >= hits) return Promise.resolve();
    return new Promise(resolve => this.#waiting.push({ hits, resolve }));
  }
}
