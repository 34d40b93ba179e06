import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import type { SignInCall } from '../sign-in-call.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import { isSameAccount, storedAccount, withAccount } from './account.ts';
import type { StoredAccount } from './messages.ts';
import { inMemoryWarning, type TokenCache, unavailability } from './token-cache.ts';

/**
 * Keeps the account of one MSAL client in the token cache across sessions, and no other account in that client. Where
 * the cache cannot be used there is one warning, and the client goes on in memory.
 */
export class TokenCachePlugin implements ICachePlugin {
  readonly #cache: TokenCache;
  readonly #request: SignInRequest;
  readonly #call: () => SignInCall;
  /** The account, as far as it is known, with its newest tokens. */
  #account: StoredAccount | undefined;
  #isInMemory: boolean;

  /**
   * @param known what is known before: the account that the client is for, where the cache has it, and whether the cache
   * cannot be used
   */
  constructor(
    cache: TokenCache,
    request: SignInRequest,
    call: () => SignInCall,
    known: { readonly account?: StoredAccount | undefined; readonly isInMemory?: boolean | undefined },
  ) {
    this.#cache = cache;
    this.#request = request;
    this.#call = call;
    this.#account = known.account;
    this.#isInMemory = known.isInMemory ?? false;
  }

  /** Gives MSAL the newest tokens: another session may have renewed them. MSAL has dropped its own before. */
  async beforeCacheAccess({ tokenCache }: TokenCacheContext): Promise<void> {
    const account = this.#account;
    if (account === undefined) return;
    await this.#unlessInMemory(async () => {
      const stored = (await this.#cache.accounts()).find(other => isSameAccount(other, account));
      if (stored !== undefined) this.#account = stored;
      else this.#leave(account);
    });
    tokenCache.deserialize(this.#account?.tokens ?? account.tokens);
  }

  async afterCacheAccess({ cacheHasChanged, tokenCache }: TokenCacheContext): Promise<void> {
    if (!cacheHasChanged) return;
    const isNew = this.#account === undefined;
    const account = storedAccount(tokenCache.serialize(), this.#request);
    this.#account = account;
    await this.#unlessInMemory(() =>
      this.#cache.update(accounts => {
        if (isNew || accounts.some(other => isSameAccount(other, account))) return withAccount(accounts, account);
        this.#leave(account);
        return accounts;
      }),
    );
  }

  /** Takes the account out of the cache. What keeps it there is told in a warning. */
  async forget(): Promise<void> {
    const account = this.#account;
    if (account === undefined) return;
    try {
      await this.#cache.remove(other => isSameAccount(other, account));
    } catch (error) {
      const reason = unavailability(error);
      this.#call().warn(
        `The account is still in the token cache: ${reason}. Delete the folder ${this.#cache.folder} to have it forgotten.`,
      );
    }
  }

  /** Another session has disconnected the account: then this one must not bring it back. */
  #leave({ username }: StoredAccount): void {
    // A change is made again where a third session was first.
    if (this.#isInMemory) return;
    this.#isInMemory = true;
    this.#call().verbose(
      `Another session has disconnected ${username}: its tokens stay in this session's memory alone.`,
    );
  }

  async #unlessInMemory(action: () => Promise<void>): Promise<void> {
    if (this.#isInMemory) return;
    try {
      await action();
    } catch (error) {
      this.#call().warn(inMemoryWarning(unavailability(error)));
      this.#isInMemory = true;
    }
  }
}
