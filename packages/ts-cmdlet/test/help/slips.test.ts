import { describe, expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { edited, part, SAMPLE_PAGE } from './sample-page.ts';

// A slip of a page is one warning, and the page is read as its author meant it.

const fence = '```';
const byName = part(SAMPLE_PAGE, '### ByName (Default)', '### ById');
const byId = part(SAMPLE_PAGE, '### ById', '## DESCRIPTION');
const id = part(SAMPLE_PAGE, '### -Id', '### -Name');
const tag = part(SAMPLE_PAGE, '### -Tag', '### CommonParameters');
const yamlOfTag = part(tag, '```yaml', '\n\n');

type Case = {
  name: string;
  edits: [from: string, to: string][];
  codes: string[];
  check: (help: CommandHelp) => unknown;
  gives: unknown;
};

const parameter = (help: CommandHelp, name: string) => help.parameters.find(each => each.name === name);
const sets = (help: CommandHelp) =>
  help.syntax.map(item => [item.parameterSetName, ...item.parameters.map(({ name }) => name)].join(' '));
const right = readCommandHelp(SAMPLE_PAGE, 'a.md').help;
const RIGHT_SETS = right === undefined ? [] : sets(right);

const CASES: Case[] = [
  {
    name: '(Default) in Parameter Sets is no part of the name',
    edits: [['Parameter Sets: ByName\n', 'Parameter Sets: ByName (Default)\n']],
    codes: ['parameter-yaml-doubtful'],
    check: help => parameter(help, 'Force')?.blocks[0]?.parameterSets,
    gives: ['ByName'],
  },
  {
    name: 'a parameter of SYNTAX alone is declared from there',
    edits: [[id, '']],
    codes: ['parameter-not-described'],
    check: help => parameter(help, 'Id'),
    gives: {
      type: 'Guid',
      description: [],
      blocks: [{ parameterSets: ['ById'], isRequired: true, position: 'named' }],
    },
  },
  {
    name: 'a parameter without a yaml block is declared from SYNTAX, with its description',
    edits: [[id.slice(id.indexOf(`${fence}yaml`)), '']],
    codes: ['parameter-yaml-assumed'],
    check: help => parameter(help, 'Id'),
    gives: {
      type: 'Guid',
      description: [{ text: "The thing's identifier." }],
      blocks: [{ parameterSets: ['ById'], isRequired: true, position: 'named' }],
    },
  },
  {
    name: 'a page without PARAMETERS has those of SYNTAX, and is told of once',
    edits: [[part(SAMPLE_PAGE, '## PARAMETERS', '## INPUTS'), '']],
    codes: ['parameters-missing'],
    check: help => help.parameters.map(({ name, type }) => `${name} ${type}`),
    gives: ['Name String', 'Tag String[]', 'Force SwitchParameter', 'Id Guid'],
  },
  ...['yamlset-Thing', 'powershell', ''].map(
    (language): Case => ({
      name: `a yaml block in the language '${language}' is one all the same`,
      edits: [[id, id.replace('```yaml', `${fence}${language}`)]],
      codes: ['parameter-yaml-doubtful'],
      check: help => help,
      gives: right,
    }),
  ),
  ...['-Id\\', '-Id.', '-Id*'].map(
    (heading): Case => ({
      name: `a heading ${heading} is of the parameter that it begins with`,
      edits: [['### -Id', `### ${heading}`]],
      codes: ['heading-doubtful'],
      check: help => parameter(help, 'Id')?.type,
      gives: 'Guid',
    }),
  ),
  {
    name: 'a parameter of PARAMETERS alone is taken',
    edits: [[' [-Force]', '']],
    codes: ['parameter-not-in-syntax'],
    check: help => sets(help)[0],
    gives: 'ByName Name Tag Force',
  },
  {
    name: 'a parameter is in a set where PARAMETERS alone has it',
    edits: [[' [-Tag <String[]>] [<CommonParameters>]\n```\n\n## DESC', ' [<CommonParameters>]\n```\n\n## DESC']],
    codes: ['parameter-set-membership'],
    check: sets,
    gives: RIGHT_SETS,
  },
  {
    name: 'a parameter is in a set where SYNTAX alone has it, required as it is there',
    edits: [['-Id <Guid>', '-Id <Guid> -Name <String>']],
    codes: ['parameter-set-membership'],
    check: help => parameter(help, 'Name')?.blocks,
    gives: [
      { parameterSets: ['ByName'], isRequired: true, position: 0 },
      { parameterSets: ['ById'], isRequired: true, position: 'named' },
    ],
  },
  ...[
    ['[-Tag <String[]>] [-Force]', '[Tag <String[]>] [-Force]'],
    ['[-Tag <String[]>] [-Force]', '[-Tag <String[]>>] [-Force]'],
    ['[-Tag <String[]>] [-Force]', '[-Tag <String[]> [-Force]'],
    ['[-Tag <String[]>] [-Force]', '[-Tag Red] [-Force]'],
    ['[-Tag <String[]>] [-Force]', '[-[Tag] <String[]>] [-Force]'],
    ['[-Name] <String>', '-Name] <String>'],
    ['[-Name] <String>', '[-Name <String>'],
    ['-Id <Guid>', '-Id Guid>'],
    ['-Id <Guid>', '-Id <Guid'],
  ].map(
    ([from = '', to = '']): Case => ({
      name: `${to} is read by its name`,
      edits: [[from, to]],
      codes: ['syntax-unreadable'],
      check: help => [sets(help), help.syntax.map(item => item.parameters.map(({ line: _, ...rest }) => rest))],
      gives: [RIGHT_SETS, right?.syntax.map(item => item.parameters.map(({ line: _, ...rest }) => rest))],
    }),
  ),
  {
    name: 'the same parameter twice is read once',
    edits: [[tag, tag + tag]],
    codes: ['parameter-duplicate'],
    check: help => parameter(help, 'Tag'),
    gives: {
      description: right?.parameters.find(({ name }) => name === 'Tag')?.description,
      blocks: [{ parameterSets: ['(All)'] }],
    },
  },
  {
    name: 'two texts on one parameter are both kept',
    edits: [[tag, tag + tag.replace('The tags', 'Some tags')]],
    codes: ['parameter-duplicate'],
    check: help => parameter(help, 'Tag')?.description.map(block => 'text' in block && block.text),
    gives: ['The tags that a thing must have.', 'Some tags that a thing must have.'],
  },
  {
    name: 'an alias that comes second is left out',
    edits: [[tag, tag.replace('Aliases:', 'Aliases: ThingId, Label')]],
    codes: ['alias-collision'],
    check: help => [parameter(help, 'Id')?.aliases, parameter(help, 'Tag')?.aliases],
    gives: [['ThingId'], ['Label']],
  },
  {
    name: 'a heading without a blank is a heading',
    edits: [
      ['### -Id', '###-Id'],
      ['## NOTES', '##NOTES'],
    ],
    codes: ['heading-doubtful', 'heading-doubtful'],
    check: help => [help.parameters.length, parameter(help, 'Id')?.type],
    gives: [4, 'Guid'],
  },
  {
    name: 'of two defaults the first is taken',
    edits: [['### ById', '### ById (Default)']],
    codes: ['syntax-default-repeated'],
    check: help => help.syntax.map(({ isDefault }) => isDefault),
    gives: [true, false],
  },
  {
    name: 'a line without a colon in the front matter is left out',
    edits: [['schema: 2.0.0', 'schema: 2.0.0\nLearn how to get a thing.']],
    codes: ['front-matter-invalid'],
    check: help => [help.moduleName, help.metadata],
    gives: ['Sample', {}],
  },
  {
    name: 'a syntax without a heading is of the set that its parameters name',
    edits: [['### ById\n', '']],
    codes: ['syntax-set-unnamed'],
    check: sets,
    gives: RIGHT_SETS,
  },
  {
    name: 'syntaxes without headings are of the sets that their parameters name',
    edits: [
      ['### ByName (Default)\n', ''],
      ['### ById\n', ''],
    ],
    codes: ['syntax-set-unnamed', 'syntax-set-unnamed'],
    check: sets,
    gives: RIGHT_SETS,
  },
  {
    name: 'a set that SYNTAX calls otherwise is found by its parameters, and has the name that they give it',
    edits: [['### ById\n', '### Identifier\n']],
    codes: ['parameter-set-unknown'],
    check: help => [sets(help)[1], parameter(help, 'Id')?.blocks[0]?.parameterSets],
    gives: ['ById Id Tag', ['ById']],
  },
  {
    name: 'a set in brackets is found by its parameters, and has the name of SYNTAX',
    edits: [
      ['### ById\n', '### Identifier\n'],
      ['Parameter Sets: ById', 'Parameter Sets: (ById)'],
    ],
    codes: ['parameter-set-unknown'],
    check: help => [sets(help)[1], parameter(help, 'Id')?.blocks[0]?.parameterSets],
    gives: ['Identifier Id Tag', ['Identifier']],
  },
  {
    name: 'a parameter that PARAMETERS misspells is that of SYNTAX',
    edits: [['### -Force', '### -Forces']],
    codes: ['parameter-name-mismatch'],
    check: help => [sets(help), parameter(help, 'Force')?.aliases, parameter(help, 'Forces')],
    gives: [RIGHT_SETS, ['Forces'], undefined],
  },
  {
    name: 'a parameter of another name is another one',
    edits: [['### -Force', '### -Fierce']],
    codes: ['parameter-not-described', 'parameter-not-in-syntax'],
    check: sets,
    gives: ['ByName Name Tag Force Fierce', 'ById Id Tag'],
  },
  {
    name: 'one syntax that shows the parameters of all sets is parted into them',
    edits: [
      ['### ByName (Default)\n', ''],
      [byId, ''],
      ['[-Name] <String> [-Tag', '[[-Name] <String>] [-Id <Guid>] [-Tag'],
      ['Required: True\nPosition: Named', 'Required: False\nPosition: Named'],
      ['Required: True\nPosition: 0', 'Required: False\nPosition: 0'],
    ],
    codes: ['syntax-set-unnamed'],
    check: help => [sets(help), help.syntax.map(({ isDefault }) => isDefault)],
    gives: [
      ['ByName Name Tag Force', 'ById Id Tag'],
      [true, false],
    ],
  },
  {
    name: 'sets of which one syntax requires parameters together are none',
    edits: [
      ['### ByName (Default)\n', ''],
      [byId, ''],
      ['[-Name] <String> [-Tag', '[-Name] <String> -Id <Guid> [-Tag'],
    ],
    codes: ['parameter-set-unknown'],
    check: help => [sets(help), help.parameters.map(({ blocks }) => blocks[0]?.parameterSets)],
    gives: [['__AllParameterSets Name Id Tag Force'], [['(All)'], ['(All)'], ['(All)'], ['(All)']]],
  },
  {
    name: 'sets that one syntax does not tell apart are none',
    edits: [
      ['### ByName (Default)\n', ''],
      [byId, ''],
      [id, ''],
      ['Parameter Sets: ByName', 'Parameter Sets: Shown, Hidden'],
      ['Parameter Sets: ByName', 'Parameter Sets: Shown, Hidden'],
    ],
    codes: ['parameter-set-unknown'],
    check: sets,
    gives: ['__AllParameterSets Name Tag Force'],
  },
  {
    name: 'values in the place of sets are none',
    edits: [
      ['### ByName (Default)\n', ''],
      [byId, ''],
      [id, ''],
      ['Parameter Sets: ByName', 'Parameter Sets: (Add, Remove)'],
      ['Parameter Sets: ByName', 'Parameter Sets: (On, Off)'],
    ],
    codes: ['parameter-set-unknown'],
    check: sets,
    gives: ['__AllParameterSets Name Tag Force'],
  },
  {
    name: 'SYNTAX of another command is read',
    edits: [['Get-Thing -Id', 'Get-Other -Id']],
    codes: ['command-name-mismatch'],
    check: help => [help.name, sets(help)],
    gives: ['Get-Thing', RIGHT_SETS],
  },
  {
    name: 'a singular is the section',
    edits: [
      ['## OUTPUTS', '## OUTPUT'],
      ['## RELATED LINKS', '## LINKS'],
    ],
    codes: ['heading-doubtful', 'heading-doubtful'],
    check: help => [help.outputs.map(({ typename }) => typename), help.relatedLinks.length],
    gives: [['Sample.Thing'], 1],
  },
  {
    name: 'prose without a heading describes the type that it begins with, or Object',
    edits: [
      ['### System.String', 'None. You cannot pipe objects.'],
      ['### Sample.Thing', 'Returns the things.'],
    ],
    codes: ['type-without-heading', 'type-without-heading'],
    check: help => [help.inputs, help.outputs],
    gives: [
      [{ typename: 'None', description: [{ text: 'None. You cannot pipe objects.' }] }],
      [{ typename: 'System.Object', description: [{ text: 'Returns the things.' }] }],
    ],
  },
  {
    name: "a type that is no name is SYNTAX's",
    edits: [
      ['Type: SwitchParameter', 'Type: Switch Parameter'],
      ['Type: Guid', 'Type: <Guid>'],
      ['Type: String[]', 'Type: text array'],
    ],
    codes: ['parameter-yaml-doubtful', 'parameter-yaml-doubtful', 'parameter-yaml-doubtful'],
    check: help => help.parameters.map(({ type }) => type),
    gives: ['SwitchParameter', 'Guid', 'String', 'String[]'],
  },
  {
    name: 'a type with a PSTypeName is that of PARAMETERS',
    edits: [
      ['-Id <Guid>', '-Id <IThing#Garden>'],
      ['Type: Guid', 'Type: IThing'],
    ],
    codes: [],
    check: help => parameter(help, 'Id')?.type,
    gives: 'IThing#Garden',
  },
  {
    name: 'a value that means nothing is what SYNTAX shows',
    edits: [
      ['Position: 0', 'Position: first'],
      ['Required: True\nPosition: Named', 'Required: Oui\nPosition: Named'],
    ],
    codes: ['parameter-yaml-value', 'parameter-yaml-value'],
    check: help => [parameter(help, 'Name')?.blocks[0]?.position, parameter(help, 'Id')?.blocks[0]?.isRequired],
    gives: [0, true],
  },
  {
    name: 'a key of a yaml block without a colon is that key',
    edits: [['Type: Guid', 'Type Guid']],
    codes: ['parameter-yaml-line'],
    check: help => parameter(help, 'Id')?.type,
    gives: 'Guid',
  },
  {
    name: 'a set without a code block is taken from PARAMETERS',
    edits: [[byId, '### ById\n\n']],
    codes: ['syntax-block-missing'],
    check: sets,
    gives: RIGHT_SETS,
  },
  {
    name: "a provider's parameters are ordinary in all sets, with one warning for the page",
    edits: [
      [
        '## DESCRIPTION',
        `### ById - FileSystem provider\n${fence}\nGet-Thing -Id <Guid> [-Hidden] [-Size <Int32>]\n${fence}\n\n## DESCRIPTION`,
      ],
      ['### -Id', `${part(SAMPLE_PAGE, '### -Force', '### -Id').replace('-Force', '-Hidden')}### -Id`],
    ],
    codes: ['parameter-of-provider'],
    check: sets,
    gives: ['ByName Name Tag Force Hidden Size', 'ById Id Tag Hidden Size'],
  },
  {
    name: "a parameter that only its text says to be a provider's is one too",
    edits: [
      [
        '### -Id',
        `${part(SAMPLE_PAGE, '### -Force', '### -Id').replace('-Force', '-Hidden').replace('Gets hidden', '> [!NOTE]\n> This parameter is only available in the FileSystem provider.\n\nGets hidden')}### -Id`,
      ],
    ],
    codes: ['parameter-of-provider'],
    check: sets,
    gives: ['ByName Name Tag Force Hidden', 'ById Id Tag Hidden'],
  },
];

describe.each(CASES)('$name', ({ edits, codes, check, gives }) => {
  test('with one warning for each slip', () => {
    const { help, diagnostics } = readCommandHelp(edited(SAMPLE_PAGE, ...edits), 'a.md');
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(help).toBeDefined();
    if (help === undefined) return;
    const found = check(help);
    if (typeof gives === 'object' && gives !== null) expect(found).toMatchObject(gives);
    else expect(found).toEqual(gives);
  });
});

test('the set that no parameter names is a set, and the default where it is marked', () => {
  const page = edited(SAMPLE_PAGE, [
    '### ByName (Default)',
    `### __AllParameterSets (Default)\n${fence}\nGet-Thing [-Tag <String[]>] [<CommonParameters>]\n${fence}\n\n### ByName`,
  ]);
  const { help, diagnostics } = readCommandHelp(page, 'a.md');
  expect(diagnostics).toEqual([]);
  expect(help?.syntax.map(({ parameterSetName, isDefault }) => [parameterSetName, isDefault])).toEqual([
    ['__AllParameterSets', true],
    ['ByName', false],
    ['ById', false],
  ]);
});

test('a mismatch in several sets is one warning that has them all', () => {
  const { diagnostics } = readCommandHelp(edited(SAMPLE_PAGE, ['Type: String[]', 'Type: Object']), 'a.md');
  expect(diagnostics).toMatchObject([
    { code: 'type-mismatch', data: { parameters: ['Tag'], sets: ['ByName', 'ById'], members: ['type'] } },
  ]);
});

test.each([
  ['two types of one parameter', [[tag, tag + tag.replace('String[]', 'Int32')]]],
  [
    'two yaml blocks that contradict each other',
    [[yamlOfTag, `${yamlOfTag}\n\n${yamlOfTag.replace('Position: Named', 'Position: 2')}`]],
  ],
  ['no SYNTAX', [[byName + byId, '']]],
  ['a parameter of PARAMETERS alone without a yaml block', [['### -Id', '### -Key\nThe key.\n\n### -Id']]],
  ['a fence that is never closed', [[`${fence}\n\nGets the thing named One.`, 'Gets the thing named One.']]],
] as [string, [string, string][]][])('%s is an error: only the author can know', (_, edits) => {
  expect(readCommandHelp(edited(SAMPLE_PAGE, ...edits), 'a.md').help).toBeUndefined();
});
