import { expect, test } from 'vitest';
import { UNNAMED_PARAMETER_SET } from '../../src/help/parameter-set-names.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { comparable, comparableAcrossSchemas } from './comparable.ts';
import { edited, part, SAMPLE_PAGE } from './sample-page.ts';

// A set without a name beside a named one: PowerShell has it where no parameter names the default set.
const fence = '```';
const yamlOfTag = part(SAMPLE_PAGE, `${fence}yaml\nType: String[]`, '\n\n### CommonParameters');
const besideById = edited(SAMPLE_PAGE, ['### ByName (Default)', `### ${UNNAMED_PARAMETER_SET} (Default)`])
  .replaceAll('Sets: ByName', 'Sets: (All)')
  .replace('[-Tag <String[]>] [<Common', '[-Tag <String[]>] [-Name <String>] [-Force] [<Common');

/** The page, whose -Tag is optional in the set without a name, and mandatory in ById. */
const inBoth = edited(
  besideById,
  ['-Id <Guid> [-Tag <String[]>]', '-Id <Guid> -Tag <String[]>'],
  [yamlOfTag, `${yamlOfTag}\n\n${edited(yamlOfTag, ['(All)', 'ById'], ['Required: False', 'Required: True'])}`],
);

test('a parameter of the set without a name and of a named one is in each as its own yaml block says', () => {
  const { help } = readCommandHelp(inBoth, 'a.md');
  expect(help?.syntax.map(({ parameterSetName, isDefault }) => [parameterSetName, isDefault])).toEqual([
    [UNNAMED_PARAMETER_SET, true],
    ['ById', false],
  ]);
  const tag = help?.parameters.find(({ name }) => name === 'Tag');
  expect(tag?.blocks.map(({ parameterSets, isRequired }) => [parameterSets, isRequired])).toEqual([
    [[UNNAMED_PARAMETER_SET], false],
    [['ById'], true],
  ]);
});

const pages = {
  'a set without a name beside ById': besideById,
  'a parameter of both': inBoth,
  'a syntax without a heading beside ById, with no parameter of its': part(
    edited(besideById, [part(besideById, '### __', '### ById'), `${fence}\nGet-Thing -Other\n${fence}\n\n`]),
    '---',
    '## PARAMETERS',
  ),
};

test.each(Object.entries(pages))('%s is the same when written and read again, in either schema', (_, page) => {
  const { help } = readCommandHelp(page, 'a.md');
  expect(help?.syntax.map(({ parameterSetName }) => parameterSetName)).toEqual([UNNAMED_PARAMETER_SET, 'ById']);
  for (const schema of ['2.0.0', '2024-05-01'] as const) {
    const again = help && readCommandHelp(writeCommandHelp(help, schema), 'a.md').help;
    expect(again && comparableAcrossSchemas(again)).toEqual(help && comparableAcrossSchemas(help));
  }
});

test('two syntaxes without headings are one set, so that no two sets have one name', () => {
  const page = edited(SAMPLE_PAGE, [
    '### ByName (Default)\n',
    `${fence}\nGet-Thing -Other\n${fence}\n\n${fence}\nGet-Thing -Another\n${fence}\n\n### ByName (Default)\n`,
  ]);
  const { help } = readCommandHelp(part(page, '---', '## PARAMETERS'), 'a.md');
  expect(
    help?.syntax.map(({ parameterSetName, parameters }) => [parameterSetName, parameters.map(({ name }) => name)]),
  ).toMatchObject([
    [UNNAMED_PARAMETER_SET, ['Other', 'Another']],
    ['ByName', expect.any(Array)],
    ['ById', expect.any(Array)],
  ]);
});

test('in schema 2024-05-01, (All) beside a named set is an entry for each of the others', () => {
  const right = readCommandHelp(
    edited(SAMPLE_PAGE, [
      '### ById',
      `### ByTag\n${fence}\nGet-Thing [-Tag <String[]>] [<CommonParameters>]\n${fence}\n\n### ById`,
    ]),
    'a.md',
  ).help;
  const in2024 = right && writeCommandHelp(right, '2024-05-01');
  const [, entry = ''] = /### -Tag[^#]*?ParameterSets:\n((?: {2}.*\n)+)DontShow/.exec(in2024 ?? '') ?? [];
  const page = edited(in2024 ?? '', [
    `${entry}DontShow: false\nAcceptedValues:`,
    `${entry}${entry.replace('(All)', 'ById')}DontShow: false\nAcceptedValues:`,
  ]);
  const { help } = readCommandHelp(page, 'a.md');
  const blocks = help?.parameters.find(({ name }) => name === 'Tag')?.blocks;
  expect(blocks?.map(({ parameterSets }) => parameterSets)).toEqual([['ByName'], ['ByTag'], ['ById']]);
  const again = help && readCommandHelp(writeCommandHelp(help), 'a.md').help;
  expect(again && comparable(again)).toEqual(help && comparable(help));
});
