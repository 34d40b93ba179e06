import { expect, test } from 'vitest';
import { docComment, stringLiteral } from '../../src/generate/typescript-text.ts';

test.each([
  ['plain', "'plain'"],
  ["it's", '"it\'s"'],
  ['say "it\'s"', "'say \"it\\'s\"'"],
  ['a\nb\\', "'a\\nb\\\\'"],
  ['\u2028', "'\\u2028'"],
])('%j becomes %s', (text, literal) => expect(stringLiteral(text)).toBe(literal));

test('a comment can be ended by no text', () => {
  expect(docComment(['a */ exit(); /* b'], '  ')).toEqual(['  /** a *\\/ exit(); /* b */']);
});

test('long texts are wrapped, paragraphs parted', () => {
  const lines = docComment(['word '.repeat(40), 'Next.'], '    ');
  expect(lines.at(0)).toBe('    /**');
  expect(lines.slice(-3)).toEqual(['     *', '     * Next.', '     */']);
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(120);
});
