import { CmdletError, type Invocation, InvocationStopped } from './cmdlet.ts';
import { RpcError, type RpcPeer } from './json-rpc.ts';
import { decision, errorRecord } from './message-validators.ts';
import type { CoreMessages, WireErrorRecord } from './messages.ts';
import { RpcErrorCode } from './protocol.ts';

/** Makes the `Invocation` of one `cmdlet/invoke` request, speaking to PowerShell through `peer`. */
export function createInvocation(peer: RpcPeer, invocation: number, cancelled: AbortSignal): Invocation {
  const stopped = new AbortController();
  const stop = () => stopped.abort(new InvocationStopped());
  if (cancelled.aborted) stop();
  else cancelled.addEventListener('abort', stop, { once: true });
  const { signal } = stopped;

  function tell<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): Promise<void> {
    // A full pipe that nobody reads any more must not hold a stopped handler.
    return peer.notify(method, { invocation, ...params }, signal);
  }

  function request<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): Promise<unknown> {
    return peer.request(method, { invocation, ...params }, signal);
  }

  async function ask(
    method: 'host/shouldProcess' | 'host/shouldContinue',
    params: CoreMessages[typeof method],
  ): Promise<boolean> {
    const answer = await request(method, params);
    if (decision.accepts(answer)) return answer;
    throw new RpcError(RpcErrorCode.invalidParams, `PowerShell's answer to ${method}: ${decision.explain()}`);
  }

  /** Refuses what a stopped call writes; a handler that does not wait for its objects must not end the core by that. */
  function refuse(): Promise<never> {
    const refused = Promise.reject(signal.reason);
    refused.catch(() => {});
    return refused;
  }

  return {
    signal,
    writeObject: value => (signal.aborted ? refuse() : tell('stream/output', { value: value ?? null })),
    writeError: (error: CmdletError) => void tell('stream/error', { error: error.toRecord() }),
    writeWarning: (message, { mustBeSeen = false } = {}) =>
      void tell('stream/warning', { message, ...(mustBeSeen && { mustBeSeen }) }),
    writeVerbose: message => void tell('stream/verbose', { message }),
    writeDebug: message => void tell('stream/debug', { message }),
    writeInformation: (message, tags = []) => void tell('stream/information', { message, tags }),
    writeProgress: record => void tell('stream/progress', record),
    shouldProcess: (target, action) => ask('host/shouldProcess', { target, action }),
    shouldContinue: (query, caption) => ask('host/shouldContinue', { query, caption }),
    async callHost(functionName, args = {}) {
      try {
        return await request('host/call', { function: functionName, arguments: args });
      } catch (error) {
        throw error instanceof RpcError && errorRecord.accepts(error.data) ? fromRecord(error.data) : error;
      }
    },
  };
}

function fromRecord({ targetObject, ...details }: WireErrorRecord): CmdletError {
  return new CmdletError({ ...details, target: targetObject });
}
