import { RpcError } from '../protocol/json-rpc.ts';
import type { InvokeParams } from '../protocol/messages.ts';
import { RpcErrorCode } from '../protocol/protocol.ts';
import type { BeginPipeline, RegisteredPipeline } from './cmdlet-registry.ts';
import { OVER } from './invocation.ts';

/** The pipelines that run in a core, by the number that PowerShell gave each. */
export class Pipelines {
  readonly #begin: BeginPipeline;
  readonly #open = new Map<number, { pipeline: RegisteredPipeline; closing: AbortController }>();

  constructor(begin: BeginPipeline) {
    this.#begin = begin;
  }

  /**
   * Gives a pipeline, which begins with the message that has its command line. Throws `RpcError` for one that has not
   * begun, for a cmdlet that there is not, and for parameters that are not of their shape.
   */
  get(id: number, cmdlet: string, commandLine: InvokeParams['commandLine']): RegisteredPipeline {
    const open = this.#open.get(id);
    if (open !== undefined) return open.pipeline;
    if (commandLine === undefined) throw new RpcError(RpcErrorCode.invalidParams, `Pipeline ${id} has not begun.`);
    const closing = new AbortController();
    const pipeline = this.#begin(cmdlet, closing.signal, commandLine);
    this.#open.set(id, { pipeline, closing });
    return pipeline;
  }

  /** Forgets a pipeline. One that never began, or is closed already, is no mistake. */
  close(id: number): void {
    this.#open.get(id)?.closing.abort(OVER);
    this.#open.delete(id);
  }
}
