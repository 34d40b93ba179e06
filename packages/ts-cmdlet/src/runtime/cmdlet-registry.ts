import { RpcError } from '../protocol/json-rpc.ts';
import type { InvokeParams } from '../protocol/messages.ts';
import { RpcErrorCode } from '../protocol/protocol.ts';
import { explainFault, type Validator } from '../schema/validator.ts';
import type { CommandLine, RunnableCmdlet, RunnablePipeline } from './cmdlet.ts';
import { withoutHandler } from './not-implemented.ts';
import { amend, faultOfObject } from './object-fault.ts';
import { PipelinePreview } from './pipeline-preview.ts';
import { fromWireMembers } from './wire-value.ts';

/**
 * A module's cmdlets by name. `Parameters` maps each name to its generated parameter type. A cmdlet that is not there ends
 * with NotImplemented.
 */
export type Cmdlets<Parameters> = { readonly [Name in keyof Parameters]?: RunnableCmdlet<Parameters[Name]> };

/** What checks a cmdlet's parameters on arrival; a cmdlet without pipeline input has no command line of its own. */
export interface CmdletValidators<Parameters> {
  readonly parameters: Validator<Parameters>;
  readonly commandLine?: Validator<CommandLine<Parameters>>;
}

/** What checks each cmdlet's parameters on arrival. */
export type ParameterValidators<Parameters> = {
  readonly [Name in keyof Parameters]: CmdletValidators<Parameters[Name]>;
};

/**
 * Begins a pipeline of the cmdlet with a name; `closed` is aborted when it is over. `commandLine` is what was bound before
 * the first record; without it there is one record alone, and all was. Throws `RpcError` for no cmdlet's name, and for
 * parameters that are not of their shape.
 */
export type BeginPipeline = (cmdlet: string, closed: AbortSignal, commandLine?: WireParameters) => RegisteredPipeline;

type WireParameters = InvokeParams['parameters'];

type CheckedPipeline = RunnablePipeline<Pick<InvokeParams, 'parameterSetName' | 'parameters'>>;

/**
 * A pipeline that checks what arrives: `prepare` throws `RpcError` for parameters that are not of their shape. `end` is
 * there from the first record or the command line on, where the cmdlet has one.
 */
export interface RegisteredPipeline extends Pick<CheckedPipeline, 'prepare'> {
  readonly end: CheckedPipeline['end'] | undefined;
  /** What -WhatIf lets the pipeline do, by the plans that it has made. */
  readonly preview: PipelinePreview;
}

/** Joins cmdlets with what checks their parameters. */
export function createRegistry<Parameters>(
  cmdlets: Cmdlets<Parameters>,
  validators: ParameterValidators<Parameters>,
): BeginPipeline {
  const pipelines = new Map<string, BeginPipeline>();
  for (const name in validators) {
    pipelines.set(name, bind(name, cmdlets[name] ?? withoutHandler(name), validators[name]));
  }
  return (cmdlet, closed, commandLine) => {
    const begin = pipelines.get(cmdlet);
    if (begin !== undefined) return begin(cmdlet, closed, commandLine);
    throw new RpcError(RpcErrorCode.invalidParams, `This core has no cmdlet ${cmdlet}.`);
  };
}

function bind<Parameters>(
  name: string,
  cmdlet: RunnableCmdlet<Parameters>,
  { parameters: whole, commandLine: part }: CmdletValidators<Parameters>,
): BeginPipeline {
  return (_name, closed, wireCommandLine) => {
    const commandLine = fromWireMembers(wireCommandLine);
    const preview = new PipelinePreview(name);
    let pipeline =
      commandLine === undefined ? undefined : cmdlet.begin(checked(name, partOf(part, whole), commandLine), closed);
    return {
      prepare({ parameterSetName, parameters }) {
        const all = checked(name, whole, { ...commandLine, ...fromWireMembers(parameters), parameterSetName });
        pipeline ??= cmdlet.begin(checked(name, partOf(undefined, whole), all), closed);
        return pipeline.prepare(all);
      },
      preview,
      get end() {
        return pipeline?.end?.bind(pipeline);
      },
    };
  };
}

/** Parameters that are right as a whole are right as a command line. */
function partOf<Parameters>(
  part: Validator<CommandLine<Parameters>> | undefined,
  whole: Validator<Parameters>,
): Validator<CommandLine<Parameters>> {
  return part ?? { ...whole, accepts: (value): value is CommandLine<Parameters> => whole.accepts(value) };
}

function checked<T>(cmdlet: string, validator: Validator<T>, value: unknown): T {
  while (!validator.accepts(value)) {
    const fault = validator.fault();
    if (amend(value, fault)) continue;
    throw (
      faultOfObject(value, fault) ??
      new RpcError(RpcErrorCode.invalidParams, `The parameters of ${cmdlet}: ${explainFault(fault)}`)
    );
  }
  return value;
}
