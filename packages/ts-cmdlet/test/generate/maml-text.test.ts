import { expect, test } from 'vitest';
import { paragraphs } from '../../src/generate/maml-text.ts';
import type { TextBlock } from '../../src/help/model.ts';
import { paragraph } from '../support/help-models.ts';

const cases: [string, TextBlock, string[]][] = [
  ['a heading', { kind: 'heading', level: 3, markdown: '*x*', text: 'x' }, ['x']],
  ['code, as written', { kind: 'code', language: 'powershell', text: 'if (1) {\n    2\n}' }, ['if (1) {\n    2\n}']],
  [
    'a list, nested',
    {
      kind: 'list',
      ordered: false,
      start: 1,
      items: [
        paragraph('one'),
        [
          ...paragraph('two'),
          { kind: 'list', ordered: true, start: 3, items: [paragraph('three'), paragraph('four')] },
        ],
      ],
    },
    ['- one\n- two\n  3. three\n  4. four'],
  ],
  ['a quote', { kind: 'quote', blocks: [...paragraph('one'), ...paragraph('two')] }, ['> one\n> \n> two']],
  ['an alert', { kind: 'quote', blocks: paragraph('[!NOTE] one') }, ['NOTE: one']],
  [
    'an alert of two paragraphs',
    { kind: 'quote', blocks: [...paragraph('[!Important]'), ...paragraph('one')] },
    ['IMPORTANT: one'],
  ],
  [
    'a table, in columns',
    {
      kind: 'table',
      markdown: '',
      header: ['Name', 'Is'],
      rows: [
        ['A', 'first'],
        ['Second', ''],
      ],
    },
    ['Name    Is\n------  -----\nA       first\nSecond'],
  ],
  ['html without its comments', { kind: 'html', markdown: '<!-- no -->a<b>' }, ['a<b>']],
  ['nothing of a rule', { kind: 'rule' }, []],
  ['nothing of a comment', { kind: 'html', markdown: '<!-- no' }, []],
];

test.each(cases)('%s', (_, block, expected) => {
  expect(paragraphs([block])).toEqual(expected);
});
