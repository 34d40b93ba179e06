import type { Readable, Writable } from 'node:stream';
import { cancelParams, envelope } from './message-validators.ts';
import { LineError, LineReader, writeJson, writeLine } from './ndjson.ts';
import { METHODS, RpcErrorCode } from './protocol.ts';

/** An error answer of JSON-RPC. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

/** Answers one request. `id` is the request's own; `signal` is aborted by `$/cancelRequest`. Throws `RpcError`. */
export type RequestHandler = (method: string, params: unknown, id: number, signal: AbortSignal) => Promise<unknown>;

/** Takes note of what the peer tells; there is no answer, so nothing is thrown. */
export type NotificationHandler = (method: string, params: unknown) => void;

/** One end of a JSON-RPC 2.0 connection over newline-delimited JSON. */
export class RpcPeer {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #handle: RequestHandler;
  readonly #note: NotificationHandler;
  readonly #running = new Map<number | string, AbortController>();
  readonly #asked = new Map<number | string, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor(input: Readable, output: Writable, handle: RequestHandler, note: NotificationHandler = () => {}) {
    this.#input = input;
    this.#output = output;
    this.#handle = handle;
    this.#note = note;
  }

  /** Reads and answers until the input ends; then aborts what still runs. */
  async listen(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const lines = new LineReader();
    // Listeners: to iterate over the stream takes several turns of Node.js' queue for each message.
    this.#input.on('data', (chunk: Buffer) => {
      for (const line of lines.read(chunk)) this.#receive(line).catch(ended.reject);
    });
    this.#input.once('end', ended.resolve).once('close', ended.resolve).once('error', ended.reject);
    await ended.promise;
    for (const controller of this.#running.values()) controller.abort();
    for (const answer of this.#asked.values())
      answer.reject(new RpcError(RpcErrorCode.internalError, 'The peer left.'));
  }

  /** Asks the peer and waits for its result. Rejects with `RpcError`, or with the signal's reason. */
  async request(method: string, params: object, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    const stop = () => answer.reject(signal.reason);
    this.#asked.set(id, answer);
    signal.addEventListener('abort', stop);
    try {
      await writeLine(this.#output, { jsonrpc: '2.0', id, method, params });
      return await answer.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#asked.delete(id);
    }
  }

  /** Tells the peer; resolves when the connection can take more, or when `signal` is aborted. */
  notify(method: string, params: object, signal?: AbortSignal): Promise<void> {
    return writeLine(this.#output, { jsonrpc: '2.0', method, params }, signal);
  }

  /** The same for parameters that are JSON already. */
  notifyJson(method: string, params: string, signal?: AbortSignal): Promise<void> {
    return writeJson(this.#output, `{"jsonrpc":"2.0","method":"${method}","params":${params}}`, signal);
  }

  /**
   * Has all that is written until the event loop goes on sent at once: for what comes right before an answer. Each writing wakes the
   * peer, which takes a large part of a short call.
   */
  hold(): void {
    this.#output.cork();
    process.nextTick(() => this.#output.uncork());
  }

  async #receive(line: string | LineError): Promise<void> {
    if (line instanceof LineError) return this.#fail(null, RpcErrorCode.parseError, line.message);
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return this.#fail(null, RpcErrorCode.parseError, 'A line is not JSON.');
    }
    if (!envelope.accepts(message)) {
      return this.#fail(null, RpcErrorCode.invalidRequest, `Not a JSON-RPC message: ${envelope.explain()}`);
    }
    if ('result' in message) this.#asked.get(message.id)?.resolve(message.result);
    else if ('error' in message) {
      const { code, message: text, data } = message.error;
      if (message.id !== null) this.#asked.get(message.id)?.reject(new RpcError(code, text, data));
    } else if (message.method === METHODS.cancel) {
      if (cancelParams.accepts(message.params)) this.#running.get(message.params.id)?.abort();
    } else if (typeof message.id === 'number') void this.#answer(message.id, message.method, message.params ?? {});
    else if (message.id !== undefined) {
      return this.#fail(message.id, RpcErrorCode.invalidRequest, 'A request id must be a whole number.');
    } else this.#note(message.method, message.params ?? {});
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    if (this.#running.has(id)) return this.#fail(id, RpcErrorCode.invalidRequest, `Request ${id} is already running.`);
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const result = await this.#handle(method, params, id, controller.signal);
      await writeLine(this.#output, { jsonrpc: '2.0', id, result: result ?? null });
    } catch (error) {
      await this.#failWith(id, error);
    } finally {
      this.#running.delete(id);
    }
  }

  /** Answers with an error, whatever that is: what cannot be written has no text. */
  async #failWith(id: number, error: unknown): Promise<void> {
    try {
      if (error instanceof RpcError) await this.#fail(id, error.code, error.message, error.data);
      else await this.#fail(id, RpcErrorCode.internalError, error instanceof Error ? error.message : String(error));
    } catch (fault) {
      const reason = fault instanceof LineError ? fault.message : 'It is not JSON.';
      await this.#fail(id, RpcErrorCode.internalError, `The error cannot be told: ${reason}`);
    }
  }

  #fail(id: number | string | null, code: number, message: string, data?: unknown): Promise<void> {
    return writeLine(this.#output, {
      jsonrpc: '2.0',
      id,
      error: { code, message, ...(data !== undefined && { data }) },
    });
  }
}
