import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { SignInCall } from '../sign-in-call.ts';
import { openTokenCache, sealTokenCache } from './envelope.ts';
import { PrivateFile } from './file.ts';
import { tokenCacheFolder } from './folder.ts';
import { KEY_BYTES, type KeyGuard, TokenCacheUnavailable } from './guard.ts';
import type { StoredAccount } from './messages.ts';

/**
 * The accounts that stay signed in across sessions: one encrypted file, and its key with the platform's guard.
 * Sessions take turns, so that none undoes what another did. Rejects where it cannot be used: see `unavailability`.
 */
export class TokenCache {
  readonly #call: () => SignInCall;
  readonly #file: PrivateFile;
  #key: Buffer | undefined;

  /**
   * @param call gives the call whose guard can be asked now, and that is told of a file that was set aside
   * @throws TokenCacheUnavailable where the environment names no folder for it
   */
  constructor(call: () => SignInCall) {
    this.#call = call;
    this.#file = new PrivateFile(path.join(tokenCacheFolder(), 'token-cache.json'));
  }

  /** The full path of the file. */
  get path(): string {
    return this.#file.path;
  }

  /** Gives all accounts. Makes neither a file nor a key. */
  async accounts(): Promise<readonly StoredAccount[]> {
    this.#key ??= await this.#readKey();
    const key = this.#key;
    if (key === undefined || (await this.#file.read()) === undefined) return [];
    return await this.#file.locked(this.#call().signal, () => this.#open(key));
  }

  /** Changes the accounts. The file goes with the last of them. */
  async update(change: (accounts: readonly StoredAccount[]) => readonly StoredAccount[]): Promise<void> {
    // Before anything is written: without a guard there is to be no trace of a cache.
    this.#key ??= await this.#readKey();
    await this.#file.locked(this.#call().signal, async () => {
      const key = this.#key ?? (await this.#createKey());
      const before = await this.#open(key);
      const accounts = change(before);
      if (accounts.length > 0) await this.#file.write(sealTokenCache(accounts, this.#key ?? key));
      else await this.#file.remove();
    });
  }

  /** Removes one account. Where there is no file there is none to remove, and no key is asked for. */
  async remove(isMeant: (account: StoredAccount) => boolean): Promise<void> {
    if ((await this.#file.read()) === undefined) return;
    await this.update(accounts => accounts.filter(account => !isMeant(account)));
  }

  get #guard(): KeyGuard {
    const { keyGuard } = this.#call();
    if (keyGuard !== undefined) return keyGuard;
    throw new TokenCacheUnavailable('this session does not ask for it');
  }

  async #open(key: Buffer): Promise<readonly StoredAccount[]> {
    const text = await this.#file.read();
    if (text === undefined) return [];
    const opened = openTokenCache(text, key);
    if ('accounts' in opened) return opened.accounts;
    // Another session may have made another key, when the keyring had lost the first.
    const newest = await this.#readKey();
    if (newest !== undefined && !newest.equals(key)) {
      this.#key = newest;
      return await this.#open(newest);
    }
    const aside = await this.#file.setAside();
    this.#call().warn(`The token cache cannot be used, because ${opened.unusable}. It was set aside as ${aside}.`);
    return [];
  }

  async #readKey(): Promise<Buffer | undefined> {
    const key = await this.#guard.read(this.#call().signal);
    // What is no key of ours gives way to one.
    return key?.length === KEY_BYTES ? key : undefined;
  }

  /** Only ever called under the lock, so that two sessions do not make two. */
  async #createKey(): Promise<Buffer> {
    let key = await this.#readKey();
    if (key === undefined) {
      key = randomBytes(KEY_BYTES);
      await this.#guard.write(key, this.#call().signal);
    }
    this.#key = key;
    return key;
  }
}

/** Why the token cache cannot be used, to stand behind a colon. Rethrows what is a fault of something else. */
export function unavailability(error: unknown): string {
  if (error instanceof TokenCacheUnavailable) return error.message;
  // Node's file system tells the file and the reason: "EACCES: permission denied, open '…'".
  if (error instanceof Error && 'syscall' in error) return error.message;
  throw error;
}

/** What is told when the token cache cannot be used, and why. */
export function inMemoryWarning(reason: string): string {
  return (
    `Tokens are kept in the memory of this session alone: ${reason}. ` +
    'SECMGMT_TOKEN_CACHE=memory asks for just that, without this warning.'
  );
}
