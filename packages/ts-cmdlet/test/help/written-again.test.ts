import { expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { comparable } from './comparable.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

function readOrThrow(markdown: string): CommandHelp {
  const { help, diagnostics } = readCommandHelp(markdown, 'a.md');
  if (help === undefined) throw new Error(JSON.stringify(diagnostics));
  return help;
}

test.each([
  ['= below a list', '- a\n='],
  ['=== below a list in a quote', '> - a\n> ==='],
  ['== below a quote', '> a\n=='],
  ['-- below a list', '1. a\n--'],
  ["a table's second line below a quote", '> b\n|-|'],
  ["a table's second line below a list, deeper than it", '- b\n\t  |-|'],
  ["a table's second line with a tab at its end", 'b\n|-|\t\n'],
  ['a definition of a link with a tab at its end', '[a]: b\t'],
  ['a number indented below a line', 'a\n    1. b'],
  ['a rule in a list', '+ ---'],
  ['a rule in a list in a list', '1. + ***'],
  ['HTML indented in a list', '- \n    <b>'],
  ['a # alone that is underlined', '\u00a0#\n='],
  ['a mark far behind the lines of a quote', '> b\n    - :-- | -'],
  ['a heading of two lines', 'a\\\nb\n='],
])('%s is the same when written and read again', (_, prose) => {
  const help = readOrThrow(edited(SAMPLE_PAGE, ['Gets the things that there are.', prose]));
  expect(comparable(readOrThrow(writeCommandHelp(help)))).toEqual(comparable(help));
});

test.each([
  ['a no-break space', '\u00a0'],
  ['an ideographic space', '\u3000'],
  ['a byte order mark', '\ufeff'],
])('a key of the front matter with %s at its end is the key without it', (_, blank) => {
  const page = SAMPLE_PAGE.replace('---\n', `---\n"x": [v]\ny${blank}: w\n`);
  expect(readOrThrow(page).metadata).toMatchObject({ x: ['v'], y: 'w' });
  const both = SAMPLE_PAGE.replace('---\n', `---\n"x": v\nx${blank}: w\n`);
  expect(readCommandHelp(both, 'a.md').diagnostics.map(({ code }) => code)).toContain('front-matter-duplicate-key');
  expect(comparable(readOrThrow(writeCommandHelp(readOrThrow(both))))).toEqual(comparable(readOrThrow(both)));
});
