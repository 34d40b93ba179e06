import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineError, readLines } from '../../src/host/ndjson.ts';

async function linesOf(chunks: Buffer[], maxBytes?: number): Promise<(string | LineError)[]> {
  return Array.fromAsync(readLines(Readable.from(chunks), maxBytes));
}

test('lines arrive as they were sent, however the bytes are cut', async () => {
  const line = fc.string({ unit: 'grapheme' }).map(text => JSON.stringify(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (sent, size) => {
      const bytes = Buffer.from(sent.map(text => `${text}\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await linesOf(chunks)).toEqual(sent);
    }),
  );
});

test('a line that is too long or not UTF-8 is told, and reading goes on behind it', async () => {
  const chunks = [Buffer.from('1234'), Buffer.from('56789\nok\n'), Buffer.from([0xff, 0x0a]), Buffer.from('end\n')];
  const [tooLong, ok, notUtf8, end] = await linesOf(chunks, 8);
  expect([tooLong, notUtf8].every(line => line instanceof LineError)).toBe(true);
  expect([ok, end]).toEqual(['ok', 'end']);
});
