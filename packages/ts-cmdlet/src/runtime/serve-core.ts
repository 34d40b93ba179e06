import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { type RequestHandler, RpcError, RpcPeer } from '../protocol/json-rpc.ts';
import {
  closeParams,
  completeParams,
  endParams,
  environmentParams,
  invokeParams,
} from '../protocol/message-validators.ts';
import type { InvokeParams } from '../protocol/messages.ts';
import { METHODS, RpcErrorCode } from '../protocol/protocol.ts';
import { CmdletError, type Invocation, InvocationStopped } from './cmdlet.ts';
import {
  type BeginPipeline,
  type Cmdlets,
  createRegistry,
  type ParameterValidators,
  type RegisteredPipeline,
} from './cmdlet-registry.ts';
import { type Complete, createCompletion } from './completion.ts';
import { type Call, createCall, OVER } from './invocation.ts';
import { ObjectNotAsDeclared } from './object-fault.ts';
import { type Connection, openConnection } from './open-connection.ts';
import type { AnyOutput } from './outputs.ts';
import { Pipelines } from './pipelines.ts';
import { errorRecordOf } from './records.ts';
import { applyEnvironment } from './shell-environment.ts';
import { withSourcePlaces } from './source-places.ts';
import { markBeginning, markPrinted } from './standard-streams.ts';
import { unexpectedFault } from './unexpected-fault.ts';

/**
 * How many milliseconds a plan may take before the core asks whether its call is still wanted. PowerShell looks for Ctrl+C
 * less often than that, so a stop during a shorter plan comes behind it anyway.
 */
const QUICK_PLAN_MS = 20;

/** What a build reads of an entry beside its cmdlets; a core that runs needs none of it. */
export interface ServeOptions {
  /** The types of objects that the cmdlets write. */
  readonly outputs?: readonly AnyOutput[];
}

/**
 * Runs a module's core as this process: answers PowerShell until that closes the connection, then exits.
 * Ctrl+C is left to PowerShell, which gets the same signal and cancels what it no longer waits for.
 */
export function serveCore<Parameters>(
  cmdlets: Cmdlets<Parameters>,
  validators: ParameterValidators<Parameters>,
  _options: ServeOptions = {},
): void {
  process.on('SIGINT', () => {});
  process.on('uncaughtException', endUnlessStopped);
  process.on('unhandledRejection', endUnlessStopped);
  const begin = createRegistry(cmdlets, validators);
  void serveConnection(openConnection(), begin, createCompletion(cmdlets)).then(() => process.exit(0));
}

/**
 * Ends the process, as Node.js does, and tells why: the host has the first line in its message (EndReason.cs). Not for what a call's signal has broken off: a program, a timer or a request whose end
 * nobody waits for any more.
 */
function endUnlessStopped(error: unknown): void {
  const isStopped =
    error instanceof Error && (error instanceof InvocationStopped || error.cause instanceof InvocationStopped);
  if (isStopped) return;
  process.stderr.write(`Uncaught ${withSourcePlaces(inspect(error))}\n\nNode.js ${process.version}\n`, () =>
    process.exit(1),
  );
}

/** Answers one connection until its input ends. */
export function serveConnection(
  { input, output }: Connection,
  begin: BeginPipeline,
  complete: Complete = () => Promise.resolve([]),
): Promise<void> {
  const pipelines = new Pipelines(begin);
  /** Warnings for the next call. */
  const untold: string[] = [];
  const handle: RequestHandler = async (method, params, id, signal) => {
    if (method === METHODS.ping) return {};
    if (method === METHODS.invoke) {
      if (!invokeParams.accepts(params)) throw refusal(method, invokeParams);
      const act = (call: Call) => invoke(pipelines, begin, params, call);
      return call(params, id, signal, act);
    }
    if (method === METHODS.end) {
      if (!endParams.accepts(params)) throw refusal(method, endParams);
      const { cmdlet, pipeline, commandLine, whatIf } = params;
      return call(params, id, signal, async ({ invocation }) => {
        const { end, preview } = pipelines.get(pipeline, cmdlet, commandLine);
        if (end && preview.allowsEnd(whatIf)) await end(invocation);
      });
    }
    if (method === METHODS.complete) {
      if (!completeParams.accepts(params)) throw refusal(method, completeParams);
      const completion = createCall(peer, id, signal);
      try {
        return await complete(params, completion.invocation);
      } finally {
        completion.end();
      }
    }
    throw new RpcError(RpcErrorCode.methodNotFound, `This core does not know the method ${method}.`);
  };
  const peer = new RpcPeer(input, output, handle, (method, params) => {
    if (method === METHODS.close && closeParams.accepts(params)) pipelines.close(params.pipeline);
    if (method === METHODS.environment && environmentParams.accepts(params)) {
      untold.push(...applyEnvironment(params.variables));
    }
  });

  /** Has a cmdlet act, and makes of its end what PowerShell is told. */
  async function call(
    { cmdlet, debug, whatIf }: Pick<InvokeParams, 'cmdlet' | 'debug' | 'whatIf'>,
    id: number,
    cancelled: AbortSignal,
    act: (call: Call) => Promise<void>,
  ): Promise<void> {
    const call = createCall(peer, id, cancelled, whatIf);
    const { invocation } = call;
    try {
      if (debug) await markBeginning();
      for (const warning of untold.splice(0)) invocation.writeWarning(warning);
      await act(call);
    } catch (error) {
      if (invocation.signal.aborted) throw new RpcError(RpcErrorCode.requestCancelled, new InvocationStopped().message);
      if (error instanceof RpcError) throw error;
      const failure = error instanceof CmdletError ? error : unexpectedFault(cmdlet, error, invocation.writeDebug);
      throw new RpcError(RpcErrorCode.cmdletFailed, 'The cmdlet failed.', errorRecordOf(failure));
    } finally {
      call.end();
      if (debug) await markPrinted(id);
    }
  }

  return peer.listen();
}

async function invoke(pipelines: Pipelines, begin: BeginPipeline, params: InvokeParams, call: Call): Promise<void> {
  const { invocation } = call;
  const { cmdlet, pipeline: id, commandLine, whatIf } = params;
  const closing = new AbortController();
  const began = process.uptime();
  try {
    const pipeline = id === undefined ? begin(cmdlet, closing.signal) : pipelines.get(id, cmdlet, commandLine);
    const prepared = prepareRecord(pipeline, params, invocation);
    if (prepared === undefined) return;
    const { plan, run } = prepared;
    const mayRun = pipeline.preview.allowsRun(plan, whatIf);
    for (const warning of plan.warnings ?? []) invocation.writeWarning(warning);
    const { confirm } = plan;
    if (!mayRun) call.hold();
    const isWanted =
      confirm === undefined
        ? stillWanted(call, (process.uptime() - began) * 1000)
        : invocation.shouldProcess(confirm.target, confirm.action);
    if (((await isWanted) || whatIf) && mayRun) await run(invocation);
    const end = id === undefined ? pipeline.end : undefined;
    if (end && pipeline.preview.allowsEnd(whatIf)) await end(invocation);
  } finally {
    closing.abort(OVER);
  }
}

/** Makes the plan. An object that came with a record and is not as its type is declared is an error of that record alone. */
function prepareRecord(
  pipeline: RegisteredPipeline,
  params: InvokeParams,
  { writeError }: Invocation,
): ReturnType<RegisteredPipeline['prepare']> | undefined {
  try {
    return pipeline.prepare(params);
  } catch (error) {
    const isOfRecord =
      error instanceof ObjectNotAsDeclared &&
      params.pipeline !== undefined &&
      !Object.hasOwn(params.commandLine ?? {}, error.parameter);
    if (!isOfRecord) throw error;
    writeError(error);
    return undefined;
  }
}

/** Hears of a stop that came while the plan was made, which took some milliseconds and gave no time to hear of it. */
async function stillWanted({ invocation, confirmWanted }: Call, milliseconds: number): Promise<true> {
  // No number of turns of the event loop is sure to read all input. The answer comes behind what was sent before.
  if (milliseconds > QUICK_PLAN_MS) await confirmWanted();
  // For what was read together with the call.
  else await setImmediate();
  invocation.signal.throwIfAborted();
  return true;
}

function refusal(method: string, validator: { explain(): string }): RpcError {
  return new RpcError(RpcErrorCode.invalidParams, `${method}: ${validator.explain()}`);
}
