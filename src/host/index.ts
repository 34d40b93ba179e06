/// <reference types="node" preserve="true" />
// What a module's author imports from the package.
export {
  type Cmdlet,
  CmdletError,
  type CmdletErrorDetails,
  type CommandLine,
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
export { compileValidator } from './compile-validator.ts';
export type { ErrorCategory, WireProgressRecord } from './messages.ts';
export { serveCore } from './serve-core.ts';
export type { Validator } from './validator.ts';
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
