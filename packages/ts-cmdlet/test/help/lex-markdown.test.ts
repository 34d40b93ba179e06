import fc from 'fast-check';
import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { Findings } from '../../src/help/diagnostic.ts';
import { blocksWithin, isPlainInline, type LocatedToken, lexMarkdown } from '../../src/help/lex-markdown.ts';

test('what is taken for plain text is plain text to marked', () => {
  const pieces = [
    'a',
    'Get',
    '7',
    ' ',
    '  ',
    '.',
    ',',
    ';',
    ':',
    "'",
    '"',
    '(',
    ')',
    '=',
    '+',
    '%',
    '$',
    '?',
    '#',
    '/',
    '_',
    '\n',
    '-',
    'http:',
    'www.',
    'ftp',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }), parts => {
      const source = parts.join('');
      fc.pre(isPlainInline(source));
      expect(new Lexer().inlineTokens(source)).toEqual([{ type: 'text', raw: source, text: source, escaped: false }]);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  'a_b_',
  '*a*',
  'a `b`',
  '[a](b)',
  '<b>',
  'a&amp;b',
  'a\\b',
  'www.example.com',
  'http://x',
  'a@b.cc',
  'a  \nb',
  'a _b',
  'HTTPS://x',
  'é',
  '',
])('%j is left to marked', source => {
  expect(isPlainInline(source)).toBe(false);
});

// The line of a block is where its first character stands.
test('blocks have their lines, those within lists and quotes too', () => {
  const markdown = `one

- two
- three

  four

  \`\`\`
  five
  \`\`\`

> six
>
> - seven
>   - eight


nine
`;
  const lineOf = (text: string) => markdown.split('\n').findIndex(line => line.includes(text)) + 1;
  const all = (blocks: LocatedToken[]): LocatedToken[] => blocks.flatMap(block => [block, ...all(blocksWithin(block))]);
  const found = all(lexMarkdown(markdown, 1, new Findings('a.md'))).flatMap(({ token, line }) =>
    token.type === 'paragraph' || token.type === 'text' ? [[token.text, line]] : [],
  );
  const words = ['one', 'two', 'three', 'four', 'six', 'seven', 'eight', 'nine'];
  expect(found).toEqual(words.map(word => [word, lineOf(word)]));
});
