import { CmdletError, InvocationStopped } from './cmdlet.ts';
import { type Cmdlets, createRegistry, type ParameterValidators, type PrepareCall } from './cmdlet-registry.ts';
import { createCall } from './invocation.ts';
import { type RequestHandler, RpcError, RpcPeer } from './json-rpc.ts';
import { initializeParams, invokeParams } from './message-validators.ts';
import type { InitializeResult } from './messages.ts';
import { PROTOCOL_VERSION, RpcErrorCode } from './protocol.ts';
import { type Connection, claimStandardStreams } from './standard-streams.ts';

/**
 * Runs a module's core as this process: answers on stdin and stdout until PowerShell closes them, then exits.
 * Ctrl+C is left to PowerShell, which gets the same signal and cancels what it no longer waits for.
 */
export function serveCore<Parameters>(cmdlets: Cmdlets<Parameters>, validators: ParameterValidators<Parameters>): void {
  process.on('SIGINT', () => {});
  const connection = claimStandardStreams();
  connection.output.on('error', () => process.exit(0));
  void serveConnection(connection, createRegistry(cmdlets, validators)).then(() => process.exit(0));
}

/** Answers one connection until its input ends. */
export function serveConnection({ input, output }: Connection, prepare: PrepareCall): Promise<void> {
  const handle: RequestHandler = async (method, params, id, signal) => {
    if (method === 'initialize') return initialize(params);
    if (method === 'ping') return {};
    if (method === 'cmdlet/invoke') return invoke(peer, prepare, params, id, signal);
    throw new RpcError(RpcErrorCode.methodNotFound, `This core does not know the method ${method}.`);
  };
  const peer = new RpcPeer(input, output, handle);
  return peer.listen();
}

function initialize(params: unknown): InitializeResult {
  if (!initializeParams.accepts(params)) {
    throw new RpcError(RpcErrorCode.invalidParams, `initialize: ${initializeParams.explain()}`);
  }
  return { protocolVersion: PROTOCOL_VERSION, nodeVersion: process.versions.node };
}

async function invoke(
  peer: RpcPeer,
  prepare: PrepareCall,
  params: unknown,
  id: number,
  cancelled: AbortSignal,
): Promise<void> {
  if (!invokeParams.accepts(params)) {
    throw new RpcError(RpcErrorCode.invalidParams, `cmdlet/invoke: ${invokeParams.explain()}`);
  }
  const { invocation, flush } = createCall(peer, id, cancelled);
  try {
    const { plan, run } = prepare(params);
    for (const warning of plan.warnings ?? []) invocation.writeWarning(warning);
    if (plan.confirm && !(await invocation.shouldProcess(plan.confirm.target, plan.confirm.action))) return;
    await run(invocation);
  } catch (error) {
    if (invocation.signal.aborted) throw new RpcError(RpcErrorCode.requestCancelled, new InvocationStopped().message);
    if (error instanceof RpcError) throw error;
    const failure = error instanceof CmdletError ? error : unexpected(params.cmdlet, error, invocation.writeDebug);
    throw new RpcError(RpcErrorCode.cmdletFailed, failure.message, failure.toRecord());
  } finally {
    flush();
  }
}

function unexpected(cmdlet: string, fault: unknown, writeDebug: (message: string) => void): CmdletError {
  if (fault instanceof Error && fault.stack !== undefined) writeDebug(fault.stack);
  return new CmdletError({
    errorId: 'UnexpectedFault',
    category: 'NotSpecified',
    message: `${cmdlet} failed in a way its author did not foresee: ${fault instanceof Error ? fault.message : String(fault)}`,
    recommendedAction:
      'This is a fault of the module, not of the call. Run it again with -Debug and report what it prints.',
    target: cmdlet,
    cause: fault,
  });
}
