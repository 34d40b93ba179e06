import { compileValidator } from 'ts-cmdlet';
import { CrossedError, SessionErrors } from './error-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const crossedError = compileValidator(CrossedError);
export const sessionErrors = compileValidator(SessionErrors);
