import { type CmdletError, type Invocation, InvocationStopped } from './cmdlet.ts';
import { RpcError, type RpcPeer } from './json-rpc.ts';
import { decision } from './message-validators.ts';
import { type CoreMessages, RpcErrorCode } from './messages.ts';

/** Makes the `Invocation` of one `cmdlet/invoke` request, speaking to PowerShell through `peer`. */
export function createInvocation(peer: RpcPeer, invocation: number, cancelled: AbortSignal): Invocation {
  const stopped = new AbortController();
  const stop = () => stopped.abort(new InvocationStopped());
  if (cancelled.aborted) stop();
  else cancelled.addEventListener('abort', stop, { once: true });
  const { signal } = stopped;

  function tell<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): Promise<void> {
    return peer.notify(method, { invocation, ...params });
  }

  async function ask<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): Promise<boolean> {
    const answer = await peer.request(method, { invocation, ...params }, signal);
    if (decision.accepts(answer)) return answer;
    throw new RpcError(RpcErrorCode.invalidParams, `PowerShell's answer to ${method}: ${decision.explain()}`);
  }

  return {
    signal,
    async writeObject(value) {
      signal.throwIfAborted();
      await tell('stream/output', { value });
      signal.throwIfAborted();
    },
    writeError: (error: CmdletError) => void tell('stream/error', { error: error.toRecord() }),
    writeWarning: message => void tell('stream/warning', { message }),
    writeVerbose: message => void tell('stream/verbose', { message }),
    writeDebug: message => void tell('stream/debug', { message }),
    writeInformation: (message, tags = []) => void tell('stream/information', { message, tags }),
    writeProgress: record => void tell('stream/progress', record),
    shouldProcess: (target, action) => ask('host/shouldProcess', { target, action }),
    shouldContinue: (query, caption) => ask('host/shouldContinue', { query, caption }),
  };
}
