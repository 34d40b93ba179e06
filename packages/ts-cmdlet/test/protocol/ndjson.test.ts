import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineError, writeLine } from '../../src/protocol/ndjson.ts';
import { MAX_LINE_BYTES } from '../../src/protocol/protocol.ts';
import { linesOf } from '../support/lines-of.ts';

function linesIn(chunks: Buffer[], maxBytes?: number): Promise<(string | LineError)[]> {
  return Array.fromAsync(linesOf(Readable.from(chunks), maxBytes));
}

test('lines arrive as they were sent, however the bytes are cut', async () => {
  const line = fc.string({ unit: 'grapheme' }).map(text => JSON.stringify(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (sent, size) => {
      const bytes = Buffer.from(sent.map(text => `${text}\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await linesIn(chunks)).toEqual(sent);
    }),
  );
});

test('a line that is too long or not UTF-8 is told, and reading goes on behind it', async () => {
  const chunks = [Buffer.from('1234'), Buffer.from('56789\nok\n'), Buffer.from([0xff, 0x0a]), Buffer.from('end\n')];
  const [tooLong, ok, notUtf8, end] = await linesIn(chunks, 8);
  expect([tooLong, notUtf8].every(line => line instanceof LineError)).toBe(true);
  expect([ok, end]).toEqual(['ok', 'end']);
});

test('a value is one line of Unicode that reads back as it was, with U+FFFD for half of a surrogate pair', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0xd700, max: 0xe000 })).map(codes => String.fromCharCode(...codes)),
    fc.constantFrom('\\ud800', '\n', '__proto__'),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, fc.oneof(text, fc.array(text), fc.integer())), async value => {
      const output = new PassThrough();
      await writeLine(output, value);
      const [line] = await linesIn([output.read()]);
      const expected = Object.entries(value).map(([name, member]) => [name.toWellFormed(), wellFormed(member)]);
      expect(Object.entries(JSON.parse(String(line)))).toEqual(Object.entries(Object.fromEntries(expected)));
    }),
  );

  function wellFormed(value: string | string[] | number): unknown {
    if (typeof value === 'number') return value;
    return typeof value === 'string' ? value.toWellFormed() : value.map(each => each.toWellFormed());
  }
});

test('a value that is too long to be read is refused before anything is written', () => {
  const output = new PassThrough();
  expect(() => writeLine(output, { text: '\u6f22'.repeat(MAX_LINE_BYTES / 3) })).toThrow(LineError);
  expect(output.readableLength).toBe(0);
});

test('who waits for a full stream goes on when it drains, when it is closed, and when told not to wait', async () => {
  const full = () => new PassThrough({ highWaterMark: 1 });
  const draining = full();
  const both = Promise.all([writeLine(draining, 1), writeLine(draining, 2)]);
  draining.resume();
  await both;

  const closing = full();
  const written = writeLine(closing, 1);
  closing.destroy();
  await written;

  const stop = new AbortController();
  const waiting = writeLine(full(), 1, stop.signal);
  stop.abort();
  await waiting;
});
