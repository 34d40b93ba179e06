import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

const read = (...edits: [string, string][]) => readCommandHelp(edited(SAMPLE_PAGE, ...edits), 'a.md');

/** Whether -Tag is required, by its sets. */
const tag = ({ help }: ReturnType<typeof read>) =>
  help?.parameters
    .find(({ name }) => name === 'Tag')
    ?.blocks.map(({ parameterSets, isRequired }) => [parameterSets.join(), isRequired]);

test('SYNTAX tells whether a parameter is required, in each of its sets', () => {
  const inOne = read(['-Id <Guid> [-Tag <String[]>]', '-Id <Guid> -Tag <String[]>']);
  expect(inOne.diagnostics).toMatchObject([
    { code: 'required-mismatch', data: { parameters: ['Tag'], sets: ['ById'] } },
  ]);
  expect(tag(inOne)).toEqual([
    ['ByName', false],
    ['ById', true],
  ]);
  const inBoth = read(
    ['-Id <Guid> [-Tag <String[]>]', '-Id <Guid> -Tag <String[]>'],
    ['<String> [-Tag <String[]>]', '<String> -Tag <String[]>'],
  );
  expect(inBoth.diagnostics.map(({ code }) => code)).toEqual(['required-mismatch']);
  expect(tag(inBoth)).toEqual([['(All)', true]]);
});

test('brackets around a switch tell nothing in schema 2.0.0', () => {
  const { help, diagnostics } = read(['Required: False\nPosition: Named', 'Required: True\nPosition: Named']);
  expect(diagnostics).toEqual([]);
  expect(help?.parameters.find(({ name }) => name === 'Force')?.blocks[0]?.isRequired).toBe(true);
});
