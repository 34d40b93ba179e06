import { RpcError, type RpcPeer } from '../protocol/json-rpc.ts';
import { decision, errorRecord, proxyAnswer, sessionCulture } from '../protocol/message-validators.ts';
import type { CoreMessages, WireErrorRecord } from '../protocol/messages.ts';
import { RpcErrorCode } from '../protocol/protocol.ts';
import { CmdletError, type Invocation, InvocationStopped } from './cmdlet.ts';
import { ObjectOutput } from './object-output.ts';
import { errorRecordOf, messageText, progressRecordOf } from './records.ts';
import { visibleLines, visibleText } from './visible-text.ts';
import { fromWireValue, toWireValue } from './wire-value.ts';

/** Why the signals of a call or a pipeline that is over are aborted. It is one for all: to make an error with its stack is a tenth of a call. */
export const OVER = new InvocationStopped();

/** The `Invocation` of one call, and what ends it. */
export interface Call {
  readonly invocation: Invocation;
  /** Settles when PowerShell has said that it waits for the call. Rejects when it was stopped, which PowerShell tells first. */
  confirmWanted(): Promise<void>;
  /**
   * Sends the objects that still wait together with the answer, which has to come next, and aborts the invocation's signal: what the
   * handler has started and left behind ends with the call.
   */
  end(): void;
  /** Has what is told from now on sent together with the answer: to be called where nothing is run any more. */
  hold(): void;
}

/**
 * Makes the `Invocation` of one `cmdlet/invoke` request, speaking to PowerShell through `peer`. Under `whatIf`, what should
 * be processed is told, and not asked.
 */
export function createCall(peer: RpcPeer, id: number, cancelled: AbortSignal, whatIf = false): Call {
  const stopped = new AbortController();
  const stop = () => stopped.abort(new InvocationStopped());
  if (cancelled.aborted) stop();
  else cancelled.addEventListener('abort', stop, { once: true });
  const { signal } = stopped;
  const objects = new ObjectOutput(peer, id, signal);

  function tell<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): void {
    objects.flush();
    void peer.notify(method, { invocation: id, ...params });
  }

  function request<M extends keyof CoreMessages>(method: M, params: CoreMessages[M]): Promise<unknown> {
    objects.flush();
    return peer.request(method, { invocation: id, ...params }, signal);
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

  const invocation: Invocation = {
    signal,
    isWhatIf: whatIf,
    writeObject: value => (signal.aborted ? refuse() : objects.write(value)),
    writeTotalCount(count, accuracy = 1) {
      checkTotalCount(count, accuracy);
      tell('stream/totalCount', { count, accuracy });
    },
    writeError: (error: CmdletError) => tell('stream/error', { error: errorRecordOf(error) }),
    writeWarning: (message, { mustBeSeen = false } = {}) =>
      tell('stream/warning', { message: messageText(message), ...(mustBeSeen && { mustBeSeen }) }),
    writeVerbose: message => tell('stream/verbose', { message: messageText(message) }),
    writeDebug: message => tell('stream/debug', { message: messageText(message) }),
    writeInformation: (message, tags = []) =>
      tell('stream/information', { message: messageText(message), tags: tags.map(messageText) }),
    writeProgress: record => tell('stream/progress', progressRecordOf(record)),
    async shouldProcess(target, action) {
      const question = { target: visibleText(messageText(target)), action: visibleText(messageText(action)) };
      if (!whatIf) return ask('host/shouldProcess', question);
      tell('host/shouldProcess', question);
      return false;
    },
    shouldContinue: (query, caption) =>
      ask('host/shouldContinue', {
        query: visibleLines(messageText(query)),
        caption: visibleText(messageText(caption)),
      }),
    endCore: () => tell('core/end', {}),
    async getProxy(address) {
      const answer = await request('host/proxy', { address: address.href });
      if (proxyAnswer.accepts(answer)) return answer ?? undefined;
      throw new RpcError(RpcErrorCode.invalidParams, `PowerShell's answer to host/proxy: ${proxyAnswer.explain()}`);
    },
    async getCulture() {
      const answer = await request('host/culture', {});
      if (sessionCulture.accepts(answer)) return answer;
      throw new RpcError(
        RpcErrorCode.invalidParams,
        `PowerShell's answer to host/culture: ${sessionCulture.explain()}`,
      );
    },
    async callHost(functionName, args = {}) {
      try {
        const wired = Object.entries(args).map(([name, value]) => [name, toWireValue(value)]);
        return fromWireValue(
          await request('host/call', { function: functionName, arguments: Object.fromEntries(wired) }),
        );
      } catch (error) {
        throw error instanceof RpcError && errorRecord.accepts(error.data) ? fromRecord(error.data) : error;
      }
    },
  };
  return {
    invocation,
    async confirmWanted() {
      await request('host/ping', {});
    },
    end() {
      peer.hold();
      objects.flush();
      stopped.abort(OVER);
    },
    hold: () => peer.hold(),
  };
}

/** @throws RangeError for what is no total count. */
export function checkTotalCount(count: number, accuracy: number): void {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`The total count is ${count}, and has to be a whole number from 0 on.`);
  if (!(accuracy >= 0 && accuracy <= 1))
    throw new RangeError(`The accuracy of the total count is ${accuracy}, and has to be between 0 and 1.`);
}

function fromRecord({ targetObject, ...details }: WireErrorRecord): CmdletError {
  return new CmdletError({ ...details, target: targetObject });
}
