import { compileValidator } from 'ts-cmdlet';
import { RequestFile } from './request-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const requestFile = compileValidator(RequestFile);
