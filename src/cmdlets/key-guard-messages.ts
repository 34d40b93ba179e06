import { Type } from 'typebox';

/** What the functions of TokenCacheKey.ps1 return: base64. */
export const TokenCacheKey = Type.Object({ key: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }) });
