/** The bytes of a key of the token cache: AES-256. */
export const KEY_BYTES = 32;

/**
 * Keeps keys of the token cache where the platform guards them, for this user alone and across sessions. Each has an id, so
 * that sessions which make one at once do not undo each other's. All reject with `TokenCacheUnavailable` where they cannot.
 */
export interface KeyGuard {
  /** Gives a key; nothing where there is none of that id. */
  read(id: string, signal: AbortSignal): Promise<Buffer | undefined>;
  write(id: string, key: Buffer, signal: AbortSignal): Promise<void>;
  remove(id: string, signal: AbortSignal): Promise<void>;
}

/** The token cache cannot be used. The message is a reason to stand behind a colon, without a full stop. */
export class TokenCacheUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'TokenCacheUnavailable';
  }
}
