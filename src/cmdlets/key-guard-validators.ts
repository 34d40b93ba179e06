import { compileValidator } from 'ts-cmdlet';
import { TokenCacheKey } from './key-guard-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const tokenCacheKey = compileValidator(TokenCacheKey);
