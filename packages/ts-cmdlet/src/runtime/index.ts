/// <reference types="node" preserve="true" />
// What a module's author imports from the package.

export type { Static } from 'typebox';
export { retryWhileBusy } from '../files/retry-while-busy.ts';
export type { ErrorCategory, SessionCulture, WireProgressRecord } from '../protocol/messages.ts';
export { compileValidator } from '../schema/compile-validator.ts';
export type { Validator } from '../schema/validator.ts';
export {
  type Cmdlet,
  CmdletError,
  type CmdletErrorDetails,
  type CommandLine,
  type Completer,
  type Completers,
  type Completion,
  type CompletionCall,
  defineCmdlet,
  definePipelineCmdlet,
  type Invocation,
  InvocationStopped,
  type PipelineCmdlet,
  type Plan,
  type RunnableCmdlet,
  type RunnablePipeline,
} from './cmdlet.ts';
export type { Cmdlets, CmdletValidators, ParameterValidators } from './cmdlet-registry.ts';
export { compileParameters } from './compile-parameters.ts';
export { notImplemented } from './not-implemented.ts';
export { Type } from './output-schemas.ts';
export { type AnyOutput, declareOutput, type ObjectOf, type Output, scalarType } from './outputs.ts';
export { type ServeOptions, serveCore } from './serve-core.ts';
export { dateTimeOffset, timeSpan, toDate, toMilliseconds } from './time-values.ts';
export {
  type Hashtable,
  hashtable,
  type PSCredential,
  type ScalarType,
  type TypedObject,
  typedObject,
  type WireScalar,
  wireScalar,
} from './values.ts';
export { WildcardPattern } from './wildcard-pattern.ts';
