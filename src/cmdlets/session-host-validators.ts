import { compileValidator } from 'ts-cmdlet';
import { SessionHost } from './session-host-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const sessionHost = compileValidator(SessionHost);
