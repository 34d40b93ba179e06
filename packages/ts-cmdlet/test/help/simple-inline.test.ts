import fc from 'fast-check';
import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { simpleInline } from '../../src/help/simple-inline.ts';

// What a token may begin, end or be parted with.
const PIECES = [
  ...[
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
  ],
  ...[
    'http:',
    'www.',
    'ftp',
    'mailto:',
    '`',
    '``',
    '`a`',
    '`a b`',
    '`<a>`',
    '`*`',
    '`[a](b)`',
    '` `',
    '*',
    '**',
    '**a**',
  ],
  ...[
    '**a b**',
    '**a_b, c**',
    '**a `b`**',
    '**www.a**',
    '[',
    ']',
    '](',
    '[a]',
    '[a](b)',
    '[a b](../b/c.md#d)',
    '[a_b](http://a.b/c_d)',
  ],
  ...['[www.a](b)', '![a](b)', '[`a`](b)', '[a](b "c")', '\\', '<a>', '&amp;', '@', '~~', 'é'],
];

test('what is read as simple inline Markdown is read by marked just so', () => {
  let simple = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }), parts => {
      const source = parts.join('');
      const tokens = simpleInline(source);
      if (tokens === undefined) return;
      simple += 1;
      expect(tokens, source).toEqual(new Lexer().inlineTokens(source));
    }),
    { numRuns: 20_000 },
  );
  expect(simple).toBeGreaterThan(1_000);
});

test.each([
  ['words', 'Gets a_b (7.5), "as is".\nAnd more'],
  ['code spans', 'Use `-Name` or `Get-Thing *`.'],
  ['bold words', 'The **Name** and **Path_1** (**Default**).'],
  ['links', 'See [Get-Thing](Get-Thing.md), [about_Things](https://a.b/c_d?e=f#g).'],
])('%s are simple', (_, source) => {
  expect(simpleInline(source)).toEqual(new Lexer().inlineTokens(source));
});

test.each([
  ...[
    'a_b_',
    '*a*',
    '**a*',
    'a**b**',
    '**a**b',
    '``b``',
    '`a',
    '` a`',
    '[a](b "c")',
    '[a][b]',
    '![a](b)',
    '[a]',
    '<b>',
    'é',
  ],
  ...[
    'a&amp;b',
    'a\\b',
    'www.example.com',
    'http://x',
    'HTTPS://x',
    'a@b.cc',
    'a  \nb',
    '`a`  \nb',
    'a _b',
    '**a `b`**',
  ],
])('%j is left to marked', source => {
  expect(simpleInline(source)).toBeUndefined();
});
