import type { RunnableCmdlet, RunnablePipeline } from './cmdlet.ts';
import { RpcError } from './json-rpc.ts';
import type { InvokeParams } from './messages.ts';
import { RpcErrorCode } from './protocol.ts';
import type { Validator } from './validator.ts';

/** A module's cmdlets by name. `Parameters` maps each name to its generated parameter type. */
export type Cmdlets<Parameters> = { readonly [Name in keyof Parameters]: RunnableCmdlet<Parameters[Name]> };

/** What checks each cmdlet's parameters on arrival. */
export type ParameterValidators<Parameters> = { readonly [Name in keyof Parameters]: Validator<Parameters[Name]> };

/** Begins a pipeline of the cmdlet with a name; `closed` is aborted when it is over. Throws `RpcError` for no cmdlet's. */
export type BeginPipeline = (cmdlet: string, closed: AbortSignal) => RegisteredPipeline;

/** A pipeline that checks what arrives: `prepare` throws `RpcError` for parameters that are not of their shape. */
export type RegisteredPipeline = RunnablePipeline<InvokeParams>;

/** Joins cmdlets with what checks their parameters. */
export function createRegistry<Parameters>(
  cmdlets: Cmdlets<Parameters>,
  validators: ParameterValidators<Parameters>,
): BeginPipeline {
  const bind = <Name extends keyof Parameters>(name: Name): BeginPipeline => {
    const validator = validators[name];
    return (cmdlet, closed) => {
      const pipeline = cmdlets[name].begin(closed);
      return {
        ...pipeline,
        prepare({ parameterSetName, parameters }) {
          const wire: unknown = { ...parameters, parameterSetName };
          if (validator.accepts(wire)) return pipeline.prepare(wire);
          throw new RpcError(RpcErrorCode.invalidParams, `The parameters of ${cmdlet}: ${validator.explain()}`);
        },
      };
    };
  };
  const pipelines = new Map<string, BeginPipeline>();
  for (const name in cmdlets) pipelines.set(name, bind(name));
  return (cmdlet, closed) => {
    const begin = pipelines.get(cmdlet);
    if (begin !== undefined) return begin(cmdlet, closed);
    throw new RpcError(RpcErrorCode.invalidParams, `This core has no cmdlet ${cmdlet}.`);
  };
}
