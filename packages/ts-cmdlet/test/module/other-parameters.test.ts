import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkModule, generateModule } from '../../src/generate/generate-module.ts';
import { block, moduleSettings, parameter } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';
import { readOtherPage } from './other-page.ts';

// What a help page can say of a parameter, each on a page of its own and tried on the live function that comes of it.

const switchParameter = (name: string) => parameter(name, { type: 'SwitchParameter' });
const shouldProcess = [switchParameter('WhatIf'), switchParameter('Confirm')];

const helps = [
  readOtherPage('Test-Position', [
    parameter('Third', { blocks: [block({ position: 2 })] }),
    parameter('First', { blocks: [block({ position: 0, isRequired: true })] }),
    parameter('Second', { type: 'Int32', blocks: [block({ position: 1 })] }),
  ]),
  readOtherPage('Test-ByValue', [
    parameter('Id', { type: 'Int32', blocks: [block({ valueFromPipeline: true, isRequired: true })] }),
  ]),
  readOtherPage('Test-ByName', [
    parameter('Name', { aliases: ['FullName'], blocks: [block({ valueFromPipelineByPropertyName: true })] }),
    parameter('Size', { type: 'Int64', blocks: [block({ valueFromPipelineByPropertyName: true })] }),
  ]),
  readOtherPage('Test-Rest', [
    parameter('Command', { blocks: [block({ position: 0 })] }),
    parameter('Rest', { type: 'String[]', blocks: [block({ valueFromRemainingArguments: true })] }),
  ]),
  readOtherPage('Test-Collection', [
    parameter('Ids', { type: 'Int32[]' }),
    parameter('Names', { type: 'System.Collections.Generic.List`1[System.String]' }),
    parameter('Table', { type: 'Hashtable' }),
    parameter('Bytes', { type: 'Byte[]' }),
    parameter('Any', { type: 'Object' }),
  ]),
  readOtherPage('Test-Nullable', [
    parameter('Count', { type: 'System.Nullable`1[System.Int32]' }),
    parameter('Plain', { type: 'Int32' }),
  ]),
  readOtherPage('Test-Enum', [
    parameter('Colour', { type: 'WidgetColour', acceptedValues: ['Red', 'Green', 'if'] }),
    parameter('Warm', { type: 'WidgetColour', acceptedValues: ['Red'] }),
    parameter('Level', { type: 'Int32', acceptedValues: ['1', '2'] }),
    parameter('Day', { type: 'DayOfWeek', acceptedValues: ['Monday', 'Friday'] }),
  ]),
  readOtherPage('Test-Wildcard', [
    parameter('Path', { supportsWildcards: true, defaultValue: 'Current location' }),
    parameter('Count', { type: 'Int32', defaultValue: '10' }),
  ]),
  readOtherPage('Test-Validation', [
    parameter('Text'),
    parameter('Number', { type: 'Int32' }),
    parameter('Items', { type: 'String[]' }),
    parameter('Code'),
  ]),
  readOtherPage(
    'Test-Sets',
    [
      parameter('ById', {
        type: 'Guid',
        blocks: [block({ parameterSets: ['Id'], isRequired: true, valueFromPipeline: true })],
      }),
      parameter('ByDate', {
        type: 'DateTime',
        blocks: [block({ parameterSets: ['Date'], isRequired: true, valueFromPipeline: true })],
      }),
      parameter('Both', {
        blocks: [block({ parameterSets: ['Id'], isRequired: true }), block({ parameterSets: ['Date'] })],
      }),
    ],
    { sets: ['Id', 'Date'], defaultSet: undefined },
  ),
  readOtherPage('Remove-Plain', []),
  readOtherPage('Remove-Asked', shouldProcess),
  readOtherPage('Remove-Dear', shouldProcess),
  readOtherPage('Get-Page', [
    parameter('First', { type: 'UInt64' }),
    parameter('Skip', { type: 'UInt64' }),
    switchParameter('IncludeTotalCount'),
  ]),
  readOtherPage('Test-Hidden', [
    parameter('Secret', { dontShow: true }),
    parameter('Open', { helpMessage: "What's open?" }),
  ]),
];

const settings = moduleSettings({
  confirmImpact: { 'Remove-Dear': 'High' },
  parameterValidation: {
    'Test-Validation': {
      Text: ['NotNullOrWhiteSpace', { Length: [2, 5] }],
      Number: [{ Range: [1, 10] }],
      Items: [{ Count: [1, 2] }],
      Code: [{ Pattern: "^it's-\\d$" }],
    },
  },
});

let module: OtherModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeOtherModule(helps, settings);
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const Call = Type.Object({ set: Type.String(), bound: Type.Record(Type.String(), Type.Unknown()) });
const bound = async (script: string) => (await shell.run(Call, script)).map(call => call.bound);
const printedSyntax = async (name: string) =>
  (await shell.run(Type.String(), `Get-Command ${name} -Syntax`)).join().trim();

describe('a call binds', () => {
  test.each([
    ['Test-Position a 2 c', [{ First: 'a', Second: '2', Third: 'c' }]],
    ["1, '2' | Test-ByValue", [{ Id: '1' }, { Id: '2' }]],
    ["[pscustomobject] @{ FullName = 'a'; Size = 5GB } | Test-ByName", [{ Name: 'a', Size: '5368709120' }]],
    ["[pscustomobject] @{ Name = 'a' }, [pscustomobject] @{ Size = 1 } | Test-ByName", [{ Name: 'a' }, { Size: '1' }]],
    ['Test-Rest run --fast 3', [{ Command: 'run', Rest: ['--fast', '3'] }]],
    ['Test-Rest', [{}]],
    ['Test-Collection -Ids 1, 2 -Names a, b', [{ Ids: ['1', '2'], Names: ['a', 'b'] }]],
    ['Test-Collection -Ids 1 -Bytes 1, 255', [{ Ids: ['1'], Bytes: ['1', '255'] }]],
    ['Test-Collection -Table @{ a = 1 } -Any 7', [{ Table: 'System.Collections.Hashtable', Any: '7' }]],
    ['Test-Nullable -Count $null', [{ Count: '(null)' }]],
    ['Test-Nullable -Count 3', [{ Count: '3' }]],
    [
      'Test-Enum -Colour green -Warm red -Level 2 -Day monday',
      [{ Colour: 'Green', Warm: 'Red', Level: '2', Day: 'Monday' }],
    ],
    ['Test-Enum -Colour if', [{ Colour: 'if' }]],
    [
      "Test-Validation -Text abc -Number 10 -Items a, b -Code it`'s-1",
      [{ Text: 'abc', Number: '10', Items: ['a', 'b'], Code: "it's-1" }],
    ],
    ['Test-Hidden -Secret x', [{ Secret: 'x' }]],
  ])('%s', async (script, expected) => {
    expect(await bound(script)).toEqual(expected);
  });
});

describe('a call is refused', () => {
  test.each([
    ['Test-Position', /mandatory/i],
    ['Test-Position a b', /Second/],
    ['Test-ByValue -Id x', /Id/],
    ["'x' | Test-ByValue", /input object cannot be bound/],
    ['Test-ByName a', /positional/i],
    ['Test-Enum -Colour blue', /Colour/],
    ['Test-Enum -Warm green', /Warm/],
    ['Test-Enum -Level 3', /Level/],
    ['Test-Enum -Day sunday', /Day/],
    ["Test-Validation -Text '  '", /Text/],
    ['Test-Validation -Text abcdef', /Text/],
    ['Test-Validation -Number 11', /Number/],
    ['Test-Validation -Items a, b, c', /Items/],
    ['Test-Validation -Code its-1', /Code/],
    ['Test-Sets -Both x', /ById/],
    ['Remove-Plain -WhatIf', /WhatIf/],
    ['Remove-Plain -Confirm', /Confirm/],
    ['Get-Page a', /positional/i],
  ])('%s', async (script, message) => {
    await expect(shell.run(Call, script)).rejects.toThrow(message);
  });
});

test('sets are told apart by what is given, by name or through the pipeline, where none is the default', async () => {
  const sets = async (script: string) => (await shell.run(Call, script)).map(({ set }) => set);
  expect(await sets('Test-Sets -ById ([guid]::Empty) -Both x')).toEqual(['Id']);
  expect(await sets('[datetime]::MinValue | Test-Sets')).toEqual(['Date']);
  expect(await sets('[guid]::Empty | Test-Sets -Both x')).toEqual(['Id']);
});

test('-Syntax shows positions, arrays, collections, nullables and enums', async () => {
  expect(await printedSyntax('Test-Position')).toBe(
    'Test-Position [-First] <string> [[-Second] <int>] [[-Third] <string>] [<CommonParameters>]',
  );
  expect(await printedSyntax('Test-Collection')).toBe(
    'Test-Collection [-Ids <int[]>] [-Names <List[string]>] [-Table <hashtable>] [-Bytes <byte[]>] [-Any <Object>] [<CommonParameters>]',
  );
  // PowerShell shows what is in a Nullable.
  expect(await printedSyntax('Test-Nullable')).toBe('Test-Nullable [-Count <int>] [-Plain <int>] [<CommonParameters>]');
  expect(await printedSyntax('Test-Enum')).toBe(
    'Test-Enum [-Colour <WidgetColour>] [-Warm <WidgetColour>] [-Level <int>] [-Day <DayOfWeek>] [<CommonParameters>]',
  );
});

test('completion offers what each parameter accepts', async () => {
  const complete = (line: string) =>
    shell.run(Type.String(), `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.CompletionText`);
  expect((await complete('Test-Enum -Colour ')).sort()).toEqual(['Green', 'Red', 'if']);
  expect(await complete('Test-Enum -Warm ')).toEqual(['Red']);
  expect(await complete('Test-Enum -Day ')).toEqual(['Friday', 'Monday']);
  expect(await complete('Test-Hidden -')).not.toContain('-Secret');
});

test('wildcards, defaults and help messages are told', async () => {
  const facts = await shell.run(
    Type.Array(Type.String()),
    `foreach ($p in (Get-Help Test-Wildcard -Parameter *)) { , @($p.name, $p.globbing, $p.defaultValue) }
    , @([string] (Get-Command Test-Wildcard).Parameters['Path'].Attributes.Where({ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count)
    , @((Get-Command Test-Hidden).Parameters['Open'].ParameterSets['__AllParameterSets'].HelpMessage)`,
  );
  expect(facts).toEqual([['Path', 'true', 'Current location'], ['Count', 'false', '10'], ['1'], ["What's open?"]]);
});

test('ShouldProcess is there where the help has -WhatIf, with the impact of the settings; paging where it has all of it', async () => {
  const Metadata = Type.Tuple([Type.String(), Type.Boolean(), Type.String(), Type.Boolean()]);
  const found = await shell.run(
    Metadata,
    `foreach ($name in 'Remove-Plain', 'Remove-Asked', 'Remove-Dear', 'Get-Page') {
      $m = [System.Management.Automation.CommandMetadata]::new((Get-Command $name))
      $impact = (Get-Command $name).ScriptBlock.Attributes.Where({ $_ -is [System.Management.Automation.CmdletBindingAttribute] })[0].ConfirmImpact
      , @($name, $m.SupportsShouldProcess, [string] $impact, $m.SupportsPaging)
    }`,
  );
  expect(found).toEqual([
    ['Remove-Plain', false, 'None', false],
    ['Remove-Asked', true, 'Medium', false],
    ['Remove-Dear', true, 'High', false],
    ['Get-Page', false, 'None', true],
  ]);
});

test('types that cannot cross are left out of the script, with a warning that has file and line', () => {
  const helps = [
    readOtherPage('Invoke-Widget', [parameter('Code', { type: 'ScriptBlock' })]),
    readOtherPage('Copy-Widget', [
      parameter('Session', { type: 'System.Management.Automation.Runspaces.PSSession[]' }),
    ]),
  ];
  const lineOf = (index: number) => helps[index]?.parameters[0]?.line;
  expect(checkModule(helps, moduleSettings())).toMatchObject([
    { severity: 'warning', code: 'parameter-left-out', file: 'help/Copy-Widget.md', line: lineOf(1) },
    { severity: 'warning', code: 'parameter-left-out', file: 'help/Invoke-Widget.md', line: lineOf(0) },
  ]);
  const script = generateModule(helps, moduleSettings()).find(({ path }) => path === 'Widgets.psm1')?.content;
  expect(script).toContain('function Invoke-Widget');
  expect(script).not.toContain('$Code');
  expect(script).not.toContain('$Session');
});
