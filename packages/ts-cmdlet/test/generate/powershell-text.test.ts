import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainIdentifier, quoteLiteral } from '../../src/generate/powershell-text.ts';

const quotes = ["'", '\u2018', '\u2019', '\u201A', '\u201B'];

/** Reads a literal by PowerShell's rule: any single quote starts and ends it, two in a row stand for the second. */
function readLiteral(source: string): string {
  expect(source[0]).toBe("'");
  let text = '';
  let index = 1;
  for (; ; index++) {
    const unit = source.charAt(index);
    if (unit === '') throw new Error('The literal does not end.');
    if (!quotes.includes(unit)) {
      text += unit;
    } else if (quotes.includes(source.charAt(index + 1))) {
      index++;
      text += source.charAt(index);
    } else {
      break;
    }
  }
  expect(index, 'nothing follows the literal').toBe(source.length - 1);
  return text;
}

describe('quoteLiteral', () => {
  test.each([
    ['plain', "'plain'"],
    ["it's", "'it''s'"],
    ['\u2018both\u2019', "'\u2018\u2018both\u2019\u2019'"],
    ['$(exit) `n "x"', '\'$(exit) `n "x"\''],
    ["'; exit; '", "'''; exit; '''"],
    ['two\r\nlines\rmore', "'two\nlines\nmore'"],
    ['a\0b', "'a\uFFFDb'"],
    ['\uD800', "'\uFFFD'"],
  ])('%j becomes %s', (text, literal) => {
    expect(quoteLiteral(text)).toBe(literal);
  });

  test('whatever the text, PowerShell reads it back and nothing is left over', () => {
    const unit = fc.oneof(
      fc.constantFrom(...quotes, '$', '(', ')', '`', '"', '\n', '#', '@', ';'),
      fc.string({ unit: 'binary' }),
    );
    const text = fc.array(unit).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, value => {
        const carried = value.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').toWellFormed();
        expect(readLiteral(quoteLiteral(value))).toBe(carried);
      }),
    );
  });
});

test.each(['Tenant', '_x', 'A1'])('%s is a plain identifier', name => expect(isPlainIdentifier(name)).toBe(true));
test.each(['', '1A', 'a b', 'a-b', 'a$b', 'é', 'a\n', "a'"])('%j is none', name =>
  expect(isPlainIdentifier(name)).toBe(false),
);
