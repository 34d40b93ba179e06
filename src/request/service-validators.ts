import { compileValidator } from 'ts-cmdlet';
import { BatchAnswer, ServiceRefusal } from './service-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const serviceRefusal = compileValidator(ServiceRefusal);
export const batchAnswer = compileValidator(BatchAnswer);
