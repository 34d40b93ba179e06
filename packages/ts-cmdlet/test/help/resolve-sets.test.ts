import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, part, SAMPLE_PAGE } from './sample-page.ts';

const tag = 'Parameter Sets: (All)\nAliases:\nAccepted values: Red, Green';
const byId = part(SAMPLE_PAGE, '### ById', '## DESCRIPTION');
const id = part(SAMPLE_PAGE, '### -Id', '### -Name');

/** A page of one set without a name, whose -Force is said to be in `set`. */
const pageOfOneSet = (set: string) =>
  edited(SAMPLE_PAGE, ['### ByName (Default)\n', ''], [byId, ''], [id, '']).replaceAll('Sets: ByName', `Sets: ${set}`);

test.each(['All', '(all', '(All))', 'None'])('a set called %s, which SYNTAX does not have, is every set', set => {
  const { help, diagnostics } = readCommandHelp(edited(SAMPLE_PAGE, [tag, tag.replace('(All)', set)]), 'a.md');
  expect(diagnostics.map(({ code }) => code)).toEqual(['parameter-yaml-doubtful']);
  expect(help?.parameters.find(({ name }) => name === 'Tag')?.blocks).toMatchObject([{ parameterSets: ['(All)'] }]);
});

test('it is not where SYNTAX has the parameter in fewer', () => {
  const page = edited(SAMPLE_PAGE, ['Parameter Sets: ById', 'Parameter Sets: None']);
  const { help, diagnostics } = readCommandHelp(page, 'a.md');
  expect(diagnostics.map(({ code }) => code).sort()).toEqual(['parameter-set-membership', 'parameter-yaml-doubtful']);
  expect(help).toBeUndefined();
});

test('Default is the one set that SYNTAX does not name; another name is unknown', () => {
  const read = readCommandHelp(pageOfOneSet('Default'), 'a.md');
  expect(read.diagnostics.map(({ code }) => code)).toEqual(Array(2).fill('parameter-yaml-doubtful'));
  expect(read.help?.parameters.flatMap(({ blocks }) => blocks.flatMap(block => block.parameterSets))).toEqual(
    Array(3).fill('(All)'),
  );
  expect(readCommandHelp(pageOfOneSet('Other'), 'a.md').help).toBeUndefined();
  const named = edited(SAMPLE_PAGE, ['Parameter Sets: (All)', 'Parameter Sets: Default']);
  expect(readCommandHelp(named, 'a.md').help).toBeUndefined();
});
