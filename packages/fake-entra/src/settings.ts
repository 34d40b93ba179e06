import type { User } from './directory.ts';

/** What a test may set while the authority runs. */
export interface EntraSettings {
  /** Seconds until a device code expires. Entra ID: 900. */
  deviceCodeLifetime: number;
  /** Seconds between two polls. Entra ID: 5. */
  deviceCodeInterval: number;
  /** Whether a poll before its time is told to slow down (RFC 8628, 3.5); Entra ID lets it pass. */
  devicePollsTooEarly: 'let pass' | 'slow down';
  /** Seconds until an access token expires. Entra ID: 60 to 90 minutes. */
  accessTokenLifetime: number;
  /**
   * What happens to a refresh token that was redeemed. Entra ID leaves it good until it expires ("Refresh tokens in the
   * Microsoft identity platform"); `refused` is RFC 9700's way, and shows that a client goes on with the newest one.
   */
  usedRefreshTokens: 'accepted' | 'refused';
  /**
   * What happens to a client assertion whose `jti` was seen before (RFC 7523, 3: a server may refuse it). MSAL sends its
   * own assertion again until it expires, so Entra ID has to take it; `refused` shows that each request is signed anew.
   */
  usedAssertions: 'accepted' | 'refused';
  /** Signs this user in without a form: at `authorize` at once, for a device code at its second poll. */
  autoApprove: User | undefined;
}

export function defaultSettings(): EntraSettings {
  return {
    deviceCodeLifetime: 900,
    deviceCodeInterval: 5,
    devicePollsTooEarly: 'let pass',
    accessTokenLifetime: 3599,
    usedRefreshTokens: 'accepted',
    usedAssertions: 'refused',
    autoApprove: undefined,
  };
}
