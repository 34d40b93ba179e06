import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

const linksOf = (markdown: string) => {
  const { help, diagnostics } = readCommandHelp(edited(SAMPLE_PAGE, ['[Set-Thing](Set-Thing.md)', markdown]), 'a.md');
  expect(diagnostics).toEqual([]);
  return help?.relatedLinks.map(({ linkText, uri }) => [linkText, uri]);
};

test.each([
  [
    '[A](a.md)\n\n[B](b.md)',
    [
      ['A', 'a.md'],
      ['B', 'b.md'],
    ],
  ],
  [
    '[A](a.md)\n[B](b.md)',
    [
      ['A', 'a.md'],
      ['B', 'b.md'],
    ],
  ],
  [
    '- [A](a.md)\n- [B](b.md)\n  - [C](c.md)',
    [
      ['A', 'a.md'],
      ['B', 'b.md'],
      ['C', 'c.md'],
    ],
  ],
  [
    '[A](a.md), [B](b.md) | [C](c.md)',
    [
      ['A', 'a.md'],
      ['B', 'b.md'],
      ['C', 'c.md'],
    ],
  ],
  ['Online Version: [A](a.md)', [['Online Version: A', 'a.md']]],
  [
    'See [A](a.md) and [B](b.md)',
    [
      ['See', ''],
      ['A', 'a.md'],
      ['and', ''],
      ['B', 'b.md'],
    ],
  ],
  ['<https://example.com/>', [['https://example.com/', 'https://example.com/']]],
  ['[](https://example.com/)', [['https://example.com/', 'https://example.com/']]],
  ['**[`Get-A`](a.md)**', [['Get-A', 'a.md']]],
  ['about_Things', [['about_Things', '']]],
  ['[A][1]\n\n[1]: a.md', [['A', 'a.md']]],
  ['<!-- nothing -->', []],
])('%j', (markdown, links) => {
  expect(linksOf(markdown)).toEqual(links);
});
