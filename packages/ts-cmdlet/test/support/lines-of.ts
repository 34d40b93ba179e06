import type { Readable } from 'node:stream';
import { type LineError, LineReader } from '../../src/protocol/ndjson.ts';

/** The lines of a stream, as one end of a connection reads them. */
export async function* linesOf(
  input: Readable,
  maxBytes?: number,
): AsyncGenerator<string | LineError, void, undefined> {
  const reader = new LineReader(maxBytes);
  for await (const chunk of input) yield* reader.read(Buffer.from(chunk));
}
