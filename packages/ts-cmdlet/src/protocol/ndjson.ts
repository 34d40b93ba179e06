import type { Writable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { MAX_LINE_BYTES } from './protocol.ts';

const NEWLINE = 0x0a;

/** A line that cannot be a message: too long, or not UTF-8. */
export class LineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LineError';
  }
}

/** Reads newline-delimited text, however its bytes are cut. */
export class LineReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #maxBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #isSkipping = false;

  constructor(maxBytes: number = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes the next bytes. Yields each line that they end, or a `LineError` in place of one that cannot be read; reading goes on behind
   * it. Blank lines are passed over.
   */
  *read(chunk: Buffer): Generator<string | LineError, void, undefined> {
    let rest = chunk;
    for (;;) {
      const end = rest.indexOf(NEWLINE);
      const piece = end === -1 ? rest : rest.subarray(0, end);
      if (!this.#isSkipping) {
        this.#pending.push(piece);
        this.#pendingBytes += piece.length;
        if (this.#pendingBytes > this.#maxBytes) {
          this.#isSkipping = true;
          this.#pending = [];
          yield new LineError(`A line is longer than ${this.#maxBytes} bytes.`);
        }
      }
      if (end === -1) return;
      if (!this.#isSkipping) {
        const [only] = this.#pending;
        const bytes = this.#pending.length === 1 && only !== undefined ? only : Buffer.concat(this.#pending);
        const line = decode(this.#decoder, bytes);
        if (line !== '') yield line;
      }
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#isSkipping = false;
      rest = rest.subarray(end + 1);
    }
  }
}

/**
 * Writes one value as a line. Settles when the stream can take more, or when `signal` says not to wait for that. Throws
 * `LineError`, and writes nothing, when the line would be too long to be read.
 */
export function writeLine(output: Writable, value: unknown, signal?: AbortSignal): Promise<void> {
  return writeJson(output, JSON.stringify(value), signal);
}

/** The same for what `JSON.stringify` gave. */
export function writeJson(output: Writable, json: string, signal?: AbortSignal): Promise<void> {
  // .NET reads no half of a surrogate pair. JSON.stringify escapes those alone, so few texts are looked at twice.
  const line = json.includes('\\ud') ? JSON.stringify(wellFormed(JSON.parse(json))) : json;
  confirmLength(line, MAX_LINE_BYTES);
  if (output.write(`${line}\n`) || output.destroyed || signal?.aborted) return Promise.resolve();
  return signal === undefined ? drained(output) : drainedOrStopped(output, signal);
}

/** Throws `LineError` for JSON of more than so many bytes. */
export function confirmLength(json: string, maxBytes: number): void {
  // A character has three bytes of UTF-8 at most.
  if (json.length >= maxBytes / 3 && Buffer.byteLength(json) >= maxBytes) {
    throw new LineError(`A message is longer than ${maxBytes} bytes.`);
  }
}

/** A JSON value with U+FFFD in place of each half of a surrogate pair, in names as well. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), wellFormed(member)]));
}

async function drainedOrStopped(output: Writable, signal: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  signal.addEventListener('abort', stop, { once: true });
  await Promise.race([drained(output), stopped.promise]);
  signal.removeEventListener('abort', stop);
}

const draining = new WeakMap<Writable, Promise<void>>();

/** Settles when a full stream can take more or is closed; all who wait for a stream share one pair of listeners. */
function drained(output: Writable): Promise<void> {
  const waiting = draining.get(output);
  if (waiting !== undefined) return waiting;
  const { promise, resolve } = Promise.withResolvers<void>();
  const settle = () => {
    output.off('drain', settle);
    output.off('close', settle);
    draining.delete(output);
    resolve();
  };
  output.on('drain', settle);
  output.on('close', settle);
  draining.set(output, promise);
  return promise;
}

function decode(decoder: TextDecoder, bytes: Buffer): string | LineError {
  try {
    return decoder.decode(bytes).trim();
  } catch {
    return new LineError('A line is not UTF-8.');
  }
}
