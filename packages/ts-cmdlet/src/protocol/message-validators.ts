import { compileValidator } from '../schema/compile-validator.ts';
import {
  CancelParams,
  CloseParams,
  CompleteParams,
  Decision,
  EndParams,
  Envelope,
  EnvironmentParams,
  InvokeParams,
  ProxyAnswer,
  SessionCulture,
  StartLine,
  WireErrorRecord,
} from './messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const envelope = compileValidator(Envelope);
export const cancelParams = compileValidator(CancelParams);
export const startLine = compileValidator(StartLine);
export const invokeParams = compileValidator(InvokeParams);
export const endParams = compileValidator(EndParams);
export const environmentParams = compileValidator(EnvironmentParams);
export const closeParams = compileValidator(CloseParams);
export const completeParams = compileValidator(CompleteParams);
export const proxyAnswer = compileValidator(ProxyAnswer);
export const sessionCulture = compileValidator(SessionCulture);
export const decision = compileValidator(Decision);
export const errorRecord = compileValidator(WireErrorRecord);
