import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

/** What the functions of TokenCacheKey.ps1 return: base64. */
export const TokenCacheKey = hashtableSchema({ key: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }) });
