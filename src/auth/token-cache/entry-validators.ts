import { compileValidator } from 'ts-cmdlet';
import { MsalCache, TokenCacheContents, TokenCacheEnvelope, TokenCacheHeader } from './messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const tokenCacheHeader = compileValidator(TokenCacheHeader);
export const tokenCacheEnvelope = compileValidator(TokenCacheEnvelope);
export const tokenCacheContents = compileValidator(TokenCacheContents);
export const msalCache = compileValidator(MsalCache);
