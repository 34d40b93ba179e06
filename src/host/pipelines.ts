import type { BeginPipeline, RegisteredPipeline } from './cmdlet-registry.ts';

/** The pipelines that run in a core, by the number that PowerShell gave each. */
export class Pipelines {
  readonly #begin: BeginPipeline;
  readonly #open = new Map<number, { pipeline: RegisteredPipeline; closing: AbortController }>();

  constructor(begin: BeginPipeline) {
    this.#begin = begin;
  }

  /** Gives a pipeline, which begins when it is first asked for. Throws `RpcError` for a cmdlet that there is not. */
  get(id: number, cmdlet: string): RegisteredPipeline {
    const open = this.#open.get(id);
    if (open !== undefined) return open.pipeline;
    const closing = new AbortController();
    const pipeline = this.#begin(cmdlet, closing.signal);
    this.#open.set(id, { pipeline, closing });
    return pipeline;
  }

  /** Forgets a pipeline. One that never began, or is closed already, is no mistake. */
  close(id: number): void {
    this.#open.get(id)?.closing.abort();
    this.#open.delete(id);
  }
}
