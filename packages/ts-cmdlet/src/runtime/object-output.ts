import type { RpcPeer } from '../protocol/json-rpc.ts';
import { confirmLength } from '../protocol/ndjson.ts';
import { MAX_LINE_BYTES, METHODS } from '../protocol/protocol.ts';
import { toWireValue } from './wire-value.ts';

/**
 * How many objects, and how many characters of JSON, go together; and for how long a handler can keep them waiting. A
 * message of this size fits into a pipe of 64 KB, so that the next is made while PowerShell deals with the one before.
 */
const MAX_OBJECTS = 1000;
const MAX_CHARACTERS = 60 * 1024;
const MAX_MILLISECONDS = 20;

/** What a message has beside its objects is shorter. */
const ENVELOPE_BYTES = 200;

/**
 * The objects that one call writes. One that comes after a pause goes to PowerShell at once. What a busy handler writes
 * behind it goes in messages of many objects, because a message costs PowerShell more than an object: those of one turn
 * of the event loop, as far as they fit.
 */
export class ObjectOutput {
  readonly #peer: RpcPeer;
  readonly #invocation: number;
  readonly #signal: AbortSignal;
  #waiting: string[] = [];
  #characters = 0;
  #flushed = Number.NEGATIVE_INFINITY;
  #turn: NodeJS.Immediate | undefined;
  #ready = Promise.resolve();

  constructor(peer: RpcPeer, invocation: number, signal: AbortSignal) {
    this.#peer = peer;
    this.#invocation = invocation;
    this.#signal = signal;
  }

  /**
   * Takes an object as it is at this moment. The promise settles when the connection can take more. Throws `LineError` for
   * one that is too long, and `CmdletError` for one that cannot cross.
   */
  write(value: unknown): Promise<void> {
    const json = JSON.stringify(toWireValue(value));
    confirmLength(json, MAX_LINE_BYTES - ENVELOPE_BYTES);
    if (this.#characters + json.length > MAX_CHARACTERS) this.flush();
    this.#waiting.push(json);
    this.#characters += json.length;
    if (
      this.#waiting.length >= MAX_OBJECTS ||
      this.#characters >= MAX_CHARACTERS ||
      performance.now() - this.#flushed >= MAX_MILLISECONDS
    ) {
      this.flush();
    } else {
      this.#turn ??= setImmediate(() => this.flush());
    }
    return this.#ready;
  }

  /** Sends what waits. To be called before anything else that belongs to the call, so that the order stays. */
  flush(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    if (this.#waiting.length === 0) return;
    const values = this.#waiting;
    this.#waiting = [];
    this.#characters = 0;
    this.#flushed = performance.now();
    if (this.#signal.aborted) return;
    const params = `{"invocation":${this.#invocation},"values":[${values.join(',')}]}`;
    this.#ready = this.#peer.notifyJson(METHODS.output, params, this.#signal);
  }
}
