import { expect, test } from 'vitest';
import { commandAliases } from '../../src/help/command-aliases.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

test.each([
  ['gth', ['gth']],
  ['`gth`, thing', ['gth', 'thing']],
  ['This cmdlet has the following aliases,\n  gth, thing', ['gth', 'thing']],
  ['This cmdlet has the following aliases:\n  gth\n  thing', ['gth', 'thing']],
  ['This cmdlet has the following aliases,\n\n- gth\n- `thing`', ['gth', 'thing']],
  ['This cmdlet has the following aliases,\n  None', []],
  ['This cmdlet has the following aliases,', []],
  ['None', []],
  ['There are no aliases.', []],
  ['### gth\n\n### thing', ['gth', 'thing']],
  ['```\ngth\nthing\n```', ['gth', 'thing']],
  ['gth, Thing, GTH', ['gth', 'Thing']],
  ['gth\\_x', ['gth_x']],
  [
    'PowerShell includes the following aliases for `Get-Thing`:\n\n- All platforms:\n  - `gth`, `thing`',
    ['gth', 'thing'],
  ],
  ['<!-- none yet -->', []],
])('%j names %j', (text, names) => {
  const { aliases, doubts } = read(text);
  expect(aliases).toEqual(names);
  expect(doubts).toEqual([]);
});

test.each([
  ['This cmdlet has the following aliases, which are old', []],
  ['Use gth in place of it.', []],
  ['gth*, ?', []],
  ['- gth\n- the thing', ['gth']],
  ['- All platforms:\n  - gth\n- Windows:\n  - thing', ['gth']],
  ['| Alias |\n|---|\n| gth |', []],
])('%j is said to name no more than %j', (text, names) => {
  const { aliases, doubts } = read(text);
  expect(aliases).toEqual(names);
  expect(doubts).toEqual(['command-alias-doubtful']);
});

test("PlatyPS's own text names nothing", () => {
  const { aliases, doubts } = read('This cmdlet has the following aliases,\n  {{Insert list of aliases}}');
  expect(aliases).toEqual([]);
  expect(doubts).toEqual(['placeholder-text']);
});

function read(text: string): { aliases: string[]; doubts: string[] } {
  const page = edited(SAMPLE_PAGE, ['## DESCRIPTION', `## ALIASES\n\n${text}\n\n## DESCRIPTION`]);
  const { help, diagnostics } = readCommandHelp(page, 'sample.md');
  expect(help).toBeDefined();
  return { aliases: commandAliases(help?.aliases ?? []).names, doubts: diagnostics.map(({ code }) => code) };
}

test.each([
  ['aliases:\n  - gth\n  - gething', ['gth', 'gething']],
  ['aliases: [gth]', ['gth']],
  ['aliases: gth, gething', ['gth', 'gething']],
  ['aliases: []', []],
  ['aliases:', []],
])('%j in the front matter makes aliases of the command', (line, names) => {
  const { help, diagnostics } = readCommandHelp(
    edited(SAMPLE_PAGE, ['schema: 2.0.0', `schema: 2.0.0\n${line}`]),
    'a.md',
  );
  expect(diagnostics).toEqual([]);
  expect(commandAliases(help?.aliases ?? []).names).toEqual(names);
});

test('what is no name among the aliases of the front matter is told', () => {
  const page = edited(SAMPLE_PAGE, ['schema: 2.0.0', 'schema: 2.0.0\naliases: [gth, "see below"]']);
  const { help, diagnostics } = readCommandHelp(page, 'a.md');
  expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([['command-alias-doubtful', 6]]);
  expect(commandAliases(help?.aliases ?? []).names).toEqual(['gth']);
});
