import type { Invocation, Plan, RunnableCmdlet } from './cmdlet.ts';
import { RpcError } from './json-rpc.ts';
import type { InvokeParams } from './messages.ts';
import { RpcErrorCode } from './protocol.ts';
import type { Validator } from './validator.ts';

/** A module's cmdlets by name. `Parameters` maps each name to its generated parameter type. */
export type Cmdlets<Parameters> = { readonly [Name in keyof Parameters]: RunnableCmdlet<Parameters[Name]> };

/** What checks each cmdlet's parameters on arrival. */
export type ParameterValidators<Parameters> = { readonly [Name in keyof Parameters]: Validator<Parameters[Name]> };

/** Finds a cmdlet and has it plan a call. Throws `RpcError` for what is not in the registry or not of its shape. */
export type PrepareCall = (call: InvokeParams) => { readonly plan: Plan; run(invocation: Invocation): Promise<void> };

/** Joins cmdlets with what checks their parameters. */
export function createRegistry<Parameters>(
  cmdlets: Cmdlets<Parameters>,
  validators: ParameterValidators<Parameters>,
): PrepareCall {
  const bind = <Name extends keyof Parameters>(name: Name): PrepareCall => {
    const validator = validators[name];
    return ({ cmdlet, parameterSetName, parameters }) => {
      const wire: unknown = { ...parameters, parameterSetName };
      if (validator.accepts(wire)) return cmdlets[name].prepare(wire);
      throw new RpcError(RpcErrorCode.invalidParams, `The parameters of ${cmdlet}: ${validator.explain()}`);
    };
  };
  const calls = new Map<string, PrepareCall>();
  for (const name in cmdlets) calls.set(name, bind(name));
  return call => {
    const prepare = calls.get(call.cmdlet);
    if (prepare !== undefined) return prepare(call);
    throw new RpcError(RpcErrorCode.invalidParams, `This core has no cmdlet ${call.cmdlet}.`);
  };
}
