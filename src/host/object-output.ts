import type { RpcPeer } from './json-rpc.ts';
import { encodeJson, MAX_LINE_BYTES } from './ndjson.ts';

/** How many objects, how many characters of JSON, and what a handler can write in how many milliseconds, go together. */
const MAX_OBJECTS = 1000;
const MAX_CHARACTERS = 64 * 1024;
const MAX_MILLISECONDS = 20;

/** What a message has beside its objects is shorter. */
const ENVELOPE_BYTES = 200;

/**
 * The objects that one call writes. The first goes to PowerShell at once. What a busy handler writes behind it goes in
 * messages of many objects, because a message costs PowerShell more than an object: those of one turn of the event loop,
 * as far as they fit.
 */
export class ObjectOutput {
  readonly #peer: RpcPeer;
  readonly #invocation: number;
  readonly #signal: AbortSignal;
  #waiting: string[] = [];
  #characters = 0;
  #flushed = 0;
  #turn: NodeJS.Immediate | undefined;
  #ready = Promise.resolve();

  constructor(peer: RpcPeer, invocation: number, signal: AbortSignal) {
    this.#peer = peer;
    this.#invocation = invocation;
    this.#signal = signal;
  }

  /**
   * Takes an object as it is at this moment. The promise settles when the connection can take more. Throws `LineError` for
   * one that is too long.
   */
  write(value: unknown): Promise<void> {
    const json = encodeJson(value, MAX_LINE_BYTES - ENVELOPE_BYTES);
    if (this.#characters + json.length > MAX_CHARACTERS) this.flush();
    this.#waiting.push(json);
    this.#characters += json.length;
    if (this.#turn === undefined) {
      this.flush();
      this.#turn = setImmediate(() => this.#endTurn());
    } else if (
      this.#waiting.length >= MAX_OBJECTS ||
      this.#characters >= MAX_CHARACTERS ||
      performance.now() - this.#flushed >= MAX_MILLISECONDS
    ) {
      this.flush();
    }
    return this.#ready;
  }

  /** Sends what waits. To be called before anything else that belongs to the call, so that the order stays. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const values = this.#waiting;
    this.#waiting = [];
    this.#characters = 0;
    this.#flushed = performance.now();
    if (this.#signal.aborted) return;
    const params = `{"invocation":${this.#invocation},"values":[${values.join(',')}]}`;
    this.#ready = this.#peer.notifyJson('stream/output', params, this.#signal);
  }

  #endTurn(): void {
    const isBusy = this.#waiting.length > 0;
    this.flush();
    this.#turn = isBusy ? setImmediate(() => this.#endTurn()) : undefined;
  }
}
