import { Type } from 'typebox';

/** The refresh tokens in MSAL's cache ("Token caching in MSAL", unified cache schema). */
export const MsalRefreshTokens = Type.Object({
  RefreshToken: Type.Record(Type.String(), Type.Object({ secret: Type.String({ minLength: 1 }) })),
});
