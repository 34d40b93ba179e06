import type { AccessToken, TokenQuery } from './connection.ts';

/** A token is renewed this long before it ends, in milliseconds; MSAL does the same. */
const RENEWAL_OFFSET_MS = 300_000;

interface KeptToken extends AccessToken {
  /** The claims that it was asked for with. */
  readonly claims: string | undefined;
}

/** How a token is renewed: in two steps, of which only the first may ask PowerShell. */
export interface Renewal<Prepared> {
  readonly signal: AbortSignal;
  /**
   * Asks PowerShell's process for all that the renewal needs. Calls can be nested in one pipeline, and while the inner call
   * runs nobody answers the outer one: so no call may wait for another that asks.
   */
  prepare(): Promise<Prepared>;
  renew(prepared: Prepared): Promise<AccessToken>;
}

/** The newest tokens of one account, by scope. Renewals take turns, and who waits for a turn takes what came of the last. */
export class AccountTokens {
  readonly #newest = new Map<string, KeptToken>();
  #turn: Promise<void> = Promise.resolve();

  /** The newest token of a scope, whether or not it has expired. */
  newest(scope: string): AccessToken | undefined {
    return this.#newest.get(scope);
  }

  keep(scope: string, token: AccessToken, claims?: string): void {
    this.#newest.set(scope, { ...token, claims });
  }

  clear(): void {
    this.#newest.clear();
  }

  /** Returns the newest token of the query's scope where that is good, else renews it. */
  async get<Prepared>(
    query: TokenQuery & { readonly scope: string },
    renewal: Renewal<Prepared>,
  ): Promise<AccessToken> {
    const before = this.#newest.get(query.scope);
    if (before !== undefined && isAsAsked(before, query) && !isEnding(before) && query.force !== true) return before;
    const prepared = await renewal.prepare();
    return await this.#inTurn(renewal.signal, async () => {
      const now = this.#newest.get(query.scope);
      if (now !== undefined && now !== before && isAsAsked(now, query)) return now;
      const token = await renewal.renew(prepared);
      this.keep(query.scope, token, query.claims);
      return token;
    });
  }

  async #inTurn<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
    const previous = this.#turn;
    const ended = Promise.withResolvers<void>();
    this.#turn = previous.then(() => ended.promise);
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await Promise.race([previous, stopped.promise]);
      return await action();
    } finally {
      signal.removeEventListener('abort', stop);
      ended.resolve();
    }
  }
}

function isAsAsked({ token, claims }: KeptToken, query: TokenQuery): boolean {
  return token !== query.rejected && (query.claims === undefined || query.claims === claims);
}

function isEnding({ expiresOn }: AccessToken): boolean {
  return expiresOn.getTime() - Date.now() <= RENEWAL_OFFSET_MS;
}
