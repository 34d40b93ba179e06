import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

const read = (...edits: [string, string][]) => readCommandHelp(edited(SAMPLE_PAGE, ...edits), 'a.md');

/** Whether -Tag is required, by its sets. */
const tag = ({ help }: ReturnType<typeof read>) =>
  help?.parameters
    .find(({ name }) => name === 'Tag')
    ?.blocks.map(({ parameterSets, isRequired }) => [parameterSets.join(), isRequired]);

test('PARAMETERS tells whether a parameter is required where SYNTAX differs', () => {
  const inOne = read(['-Id <Guid> [-Tag <String[]>]', '-Id <Guid> -Tag <String[]>']);
  expect(inOne.diagnostics).toMatchObject([
    { code: 'required-mismatch', data: { parameters: ['Tag'], sets: ['ById'] } },
  ]);
  expect(tag(inOne)).toEqual([['(All)', false]]);
});

test('brackets around a switch tell nothing in schema 2.0.0', () => {
  const { help, diagnostics } = read(['Required: False\nPosition: Named', 'Required: True\nPosition: Named']);
  expect(diagnostics).toEqual([]);
  expect(help?.parameters.find(({ name }) => name === 'Force')?.blocks[0]?.isRequired).toBe(true);
});

/** What is taken for the type of -Tag, and the codes of the findings. */
const typeOfTag = (inSyntax: string, inParameters: string) => {
  const shown = inSyntax === '' ? '' : ` <${inSyntax}>`;
  const { help, diagnostics } = read(
    ['-Id <Guid> [-Tag <String[]>]', `-Id <Guid> [-Tag${shown}]`],
    ['<String> [-Tag <String[]>]', `<String> [-Tag${shown}]`],
    ['Type: String[]', `Type: ${inParameters}`],
  );
  return [help?.parameters.find(({ name }) => name === 'Tag')?.type, ...diagnostics.map(({ code }) => code)];
};

test.each([
  ['Int32', 'Guid', 'Guid', 'type-mismatch'],
  ['DateTime', 'String', 'DateTime', 'type-mismatch'],
  ['DateTime', 'System.String', 'DateTime', 'type-mismatch'],
  ['String', 'Guid', 'Guid', 'type-mismatch'],
  ['Object', 'String', 'String', 'type-mismatch'],
  ['Guid', 'SwitchParameter', 'Guid', 'type-mismatch'],
  ['String', 'SwitchParameter', 'String', 'type-mismatch'],
  ['', 'String', 'String', 'type-mismatch'],
  ['', 'SwitchParamter', 'SwitchParameter', 'parameter-yaml-doubtful'],
  ['String', 'string.', 'String', 'parameter-yaml-doubtful'],
])('of <%s> in SYNTAX and %s in PARAMETERS, %s is taken', (inSyntax, inParameters, taken, code) => {
  expect(typeOfTag(inSyntax, inParameters)).toEqual([taken, code]);
});

test('SYNTAX that shows several types tells none', () => {
  const { help } = read(
    ['-Id <Guid> [-Tag <String[]>]', '-Id <Guid> [-Tag <Int32>]'],
    ['Type: String[]', 'Type: String'],
  );
  expect(help?.parameters.find(({ name }) => name === 'Tag')?.type).toBe('String');
});

/** The positions of parameters by name, in each of the sets that differ. */
const positions = ({ help }: ReturnType<typeof read>) =>
  Object.fromEntries(
    (help?.parameters ?? []).map(({ name, blocks }) => [
      name,
      blocks.map(({ parameterSets, position }) => `${parameterSets.join()} ${position}`).join(', '),
    ]),
  );

test('of two parameters at one position the one is named that is so in SYNTAX, in that set alone', () => {
  const page = read([
    'Accepted values: Red, Green\n\nRequired: False\nPosition: Named',
    'Accepted values: Red, Green\n\nRequired: False\nPosition: 0',
  ]);
  expect(page.diagnostics.map(({ code }) => code)).toEqual(['position-mismatch', 'position-duplicate']);
  expect(positions(page)).toMatchObject({ Name: 'ByName 0', Tag: 'ById 0, ByName named' });
});

test('two parameters at one position are in the order of SYNTAX', () => {
  const page = read(
    ['[-Name] <String> [-Tag <String[]>]', '[-Name] <String> [[-Tag] <String[]>]'],
    ['-Id <Guid> [-Tag <String[]>]', '[-Id] <Guid> [[-Tag] <String[]>]'],
    [
      'Accepted values: Red, Green\n\nRequired: False\nPosition: Named',
      'Accepted values: Red, Green\n\nRequired: False\nPosition: 0',
    ],
  );
  expect(page.diagnostics.map(({ code }) => code)).toEqual(['position-mismatch', 'position-duplicate']);
  expect(positions(page)).toMatchObject({ Name: 'ByName 0', Tag: 'ById 0, ByName 1' });
});

test('they begin at the position where PARAMETERS has them', () => {
  const page = read(
    ['[-Name] <String> [-Tag <String[]>]', '[-Name] <String> [[-Tag] <String[]>]'],
    ['Position: 0', 'Position: 1'],
    [
      'Accepted values: Red, Green\n\nRequired: False\nPosition: Named',
      'Accepted values: Red, Green\n\nRequired: False\nPosition: 1',
    ],
  );
  expect(page.diagnostics.map(({ code }) => code)).toContain('position-duplicate');
  expect(positions(page)).toMatchObject({ Name: 'ByName 1', Tag: 'ById 1, ByName 2' });
});
