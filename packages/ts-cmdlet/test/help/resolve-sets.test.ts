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

test('it is every set where SYNTAX has the parameter in fewer, too', () => {
  const page = edited(SAMPLE_PAGE, ['Parameter Sets: ById', 'Parameter Sets: None']);
  const { help, diagnostics } = readCommandHelp(page, 'a.md');
  expect(diagnostics.map(({ code }) => code).sort()).toEqual(['parameter-set-membership', 'parameter-yaml-doubtful']);
  expect(help?.syntax.map(item => item.parameters.some(({ name }) => name === 'Id'))).toEqual([true, true]);
});

test('Default is the one set that SYNTAX does not name, and so is any other name that stands alone', () => {
  const read = readCommandHelp(pageOfOneSet('Default'), 'a.md');
  expect(read.diagnostics.map(({ code }) => code)).toEqual(Array(2).fill('parameter-yaml-doubtful'));
  expect(read.help?.parameters.flatMap(({ blocks }) => blocks.flatMap(block => block.parameterSets))).toEqual(
    Array(3).fill('(All)'),
  );
  const other = readCommandHelp(pageOfOneSet('Other'), 'a.md');
  expect(other.diagnostics.map(({ code }) => code)).toEqual(['parameter-set-unknown']);
  expect(other.help?.parameters).toMatchObject(read.help?.parameters ?? [{}]);
});

test('a set that no syntax fits is a set of its own, with what PARAMETERS has in it', () => {
  const page = edited(SAMPLE_PAGE, ['Parameter Sets: (All)', 'Parameter Sets: ByName, ById, Other']);
  const { help, diagnostics } = readCommandHelp(page, 'a.md');
  expect(diagnostics.map(({ code }) => code)).toEqual(['parameter-set-unknown']);
  expect(help?.syntax.map(item => [item.parameterSetName, item.parameters.map(({ name }) => name)])).toEqual([
    ['ByName', ['Name', 'Tag', 'Force']],
    ['ById', ['Id', 'Tag']],
    ['Other', ['Tag']],
  ]);
});
