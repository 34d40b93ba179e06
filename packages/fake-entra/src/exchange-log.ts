import type { HttpRequest, HttpResponse } from './http-message.ts';

/** How a connection that was asked for went. */
export type ConnectionOutcome =
  | 'opened'
  | 'not allowed'
  | 'refused'
  | 'reset'
  | 'not authenticated'
  | 'untrusted certificate';

export interface LoggedConnection {
  readonly host: string;
  readonly outcome: ConnectionOutcome;
}

/** One request and what became of it. It has all secrets in it: it is how a test looks for them elsewhere. */
export interface Exchange {
  readonly request: HttpRequest;
  /** Absent while it is under way, and for good where a fault kept the answer back. */
  response?: HttpResponse;
  /** The fault that was put on it. */
  fault?: string;
  /** The client went away before it had an answer. */
  abandoned?: boolean;
}

/** What went through the proxy, and a way to wait for what has yet to come. */
export class ExchangeLog {
  readonly connections: LoggedConnection[] = [];
  readonly exchanges: Exchange[] = [];
  readonly #waiting = new Set<(exchange: Exchange) => void>();

  /** Every host that anybody asked the proxy for, refused ones included, each once. */
  hosts(): string[] {
    return [...new Set(this.connections.map(({ host }) => host))];
  }

  /** The requests as `METHOD host/path`, in the order they came. */
  requests(): string[] {
    return this.exchanges.map(({ request }) => `${request.method} ${request.host}${request.path}`);
  }

  /** The exchanges with this path's end. */
  to(pathEnd: string): Exchange[] {
    return this.exchanges.filter(({ request }) => request.path.endsWith(pathEnd));
  }

  /** The next exchange to end after this call that the predicate takes. */
  next(predicate: (exchange: Exchange) => boolean = () => true): Promise<Exchange> {
    return new Promise(resolve => {
      const look = (exchange: Exchange) => {
        if (!predicate(exchange)) return;
        this.#waiting.delete(look);
        resolve(exchange);
      };
      this.#waiting.add(look);
    });
  }

  clear(): void {
    this.connections.length = 0;
    this.exchanges.length = 0;
  }

  /** The proxy's side: an exchange has come to its end. */
  ended(exchange: Exchange): void {
    for (const look of [...this.#waiting]) look(exchange);
  }
}
