import { compileValidator } from 'ts-cmdlet';
import { MsalRefreshTokens } from './msal-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const msalRefreshTokens = compileValidator(MsalRefreshTokens);
