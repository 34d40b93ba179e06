import { compileValidator } from '../host/compile-validator.ts';
import { AuthorityRefusal } from './authority-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const authorityRefusal = compileValidator(AuthorityRefusal);
