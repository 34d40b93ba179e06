/** The bytes of the token cache's key: AES-256. */
export const KEY_BYTES = 32;

/** Keeps the key of the token cache where the platform guards it, for this user alone and across sessions. */
export interface KeyGuard {
  /** Gives the key; nothing where there is none yet. Rejects with `TokenCacheUnavailable` where it cannot tell. */
  read(signal: AbortSignal): Promise<Buffer | undefined>;
  /** Puts a key in the place of the one before. Rejects with `TokenCacheUnavailable` where that cannot be. */
  write(key: Buffer, signal: AbortSignal): Promise<void>;
}

/** The token cache cannot be used. The message is a reason to stand behind a colon, without a full stop. */
export class TokenCacheUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'TokenCacheUnavailable';
  }
}
