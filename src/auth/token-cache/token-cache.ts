import { randomBytes } from 'node:crypto';
import type { SignInCall } from '../sign-in-call.ts';
import { openTokenCache, readTokenCacheKeyId, sealTokenCache, type TokenCacheKey } from './envelope.ts';
import { tokenCacheFolder } from './folder.ts';
import { KEY_BYTES, type KeyGuard, TokenCacheUnavailable } from './guard.ts';
import type { StoredAccount } from './messages.ts';
import { type Version, VersionedFile } from './versioned-file.ts';

/** How long other sessions may be quicker. One of them is done each time. */
const LIMIT_MS = 15_000;

/** What a version of the file holds, and the key that it was opened with; none where it was empty or could not be used. */
interface Opened {
  readonly version: Version;
  readonly accounts: readonly StoredAccount[];
  readonly key: TokenCacheKey | undefined;
}

/**
 * The accounts that stay signed in across sessions: one encrypted file, and its key with the platform's guard. No session
 * undoes what another did: a change is made to the newest version, or made again. Rejects where it cannot be used: see
 * `unavailability`.
 */
export class TokenCache {
  readonly #call: () => SignInCall;
  readonly #file: VersionedFile;
  #key: TokenCacheKey | undefined;

  /** The folder of its files. */
  readonly folder: string;

  /**
   * @param call gives the call whose guard can be asked now, and that is told of a file that was set aside
   * @throws TokenCacheUnavailable where the environment names no folder for it
   */
  constructor(call: () => SignInCall) {
    this.#call = call;
    this.folder = tokenCacheFolder();
    this.#file = new VersionedFile(this.folder, 'token-cache');
  }

  /** Gives all accounts. Makes neither a file nor a key. */
  async accounts(): Promise<readonly StoredAccount[]> {
    return (await this.#open(await this.#file.read())).accounts;
  }

  /**
   * Changes the accounts. The key goes with the last of them.
   * @param change gives the same array where there is nothing to change; it is called again where another session was first
   */
  async update(change: (accounts: readonly StoredAccount[]) => readonly StoredAccount[]): Promise<void> {
    const { signal } = this.#call();
    let made: TokenCacheKey | undefined;
    const end = Date.now() + LIMIT_MS;
    do {
      signal.throwIfAborted();
      const { version, accounts, key } = await this.#open(await this.#file.read());
      const changed = change(accounts);
      if (changed === accounts) break;
      // Before anything is written: without a guard there is to be no trace of a cache.
      if (changed.length > 0 && key === undefined) made ??= await this.#makeKey();
      const sealing = changed.length === 0 ? undefined : (key ?? made);
      if (!(await this.#file.replace(version, sealing && sealTokenCache(changed, sealing)))) continue;
      if (sealing === undefined && key !== undefined) await this.#removeKey(key);
      if (sealing !== made && made !== undefined) await this.#removeKey(made);
      return;
    } while (Date.now() < end);
    if (made !== undefined) await this.#removeKey(made);
    if (Date.now() >= end) throw new TokenCacheUnavailable(`other sessions never stop changing ${this.folder}`);
  }

  /** Removes accounts. Where there are none, no key is asked for. */
  async remove(isMeant: (account: StoredAccount) => boolean): Promise<void> {
    await this.update(accounts => (accounts.some(isMeant) ? accounts.filter(account => !isMeant(account)) : accounts));
  }

  get #guard(): KeyGuard {
    const { keyGuard } = this.#call();
    if (keyGuard !== undefined) return keyGuard;
    throw new TokenCacheUnavailable('this session does not ask for it');
  }

  async #open(version: Version): Promise<Opened> {
    const nothing = { accounts: [], key: undefined };
    if (version.text === undefined) return { version, ...nothing };
    const read = readTokenCacheKeyId(version.text);
    const key = 'key' in read ? await this.#readKey(read.key) : undefined;
    const opened = 'key' in read ? openTokenCache(version.text, key?.bytes) : read;
    if ('accounts' in opened) return { version, accounts: opened.accounts, key };
    // A key goes when another session disconnects the last account.
    const newest = await this.#file.read();
    if (newest.number !== version.number) return await this.#open(newest);
    const aside = await this.#file.setAside(version);
    this.#call().warn(`The token cache cannot be used, because ${opened.unusable}. It was set aside as ${aside}.`);
    return { version: await this.#file.read(), ...nothing };
  }

  async #readKey(id: string): Promise<TokenCacheKey | undefined> {
    if (this.#key?.id === id) return this.#key;
    const bytes = await this.#guard.read(id, this.#call().signal);
    // What is no key of ours opens nothing.
    if (bytes?.length !== KEY_BYTES) return undefined;
    this.#key = { id, bytes };
    return this.#key;
  }

  async #makeKey(): Promise<TokenCacheKey> {
    const key = { id: randomBytes(8).toString('hex'), bytes: randomBytes(KEY_BYTES) };
    await this.#guard.write(key.id, key.bytes, this.#call().signal);
    this.#key = key;
    return key;
  }

  async #removeKey({ id }: TokenCacheKey): Promise<void> {
    if (this.#key?.id === id) this.#key = undefined;
    await this.#guard.remove(id, this.#call().signal);
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
