import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandHelp } from '../../src/help/model.ts';
import { block, commandHelp, moduleSettings, paragraph, parameter, syntaxItem } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';

// The shapes that cmdlets have, on a live module: positions, the pipeline, arrays, sets of strings, paging,
// a set that only shared parameters are in, wildcards, examples with an introduction.

const name = parameter('Name', {
  type: 'String[]',
  supportsWildcards: true,
  blocks: [block({ isRequired: true, position: 0, valueFromPipeline: true, valueFromPipelineByPropertyName: true })],
});
const size = parameter('Size', { acceptedValues: ['small', "giant's"], blocks: [block({ position: 1 })] });
const count = parameter('Count', { type: 'Int32' });
const paging = [
  parameter('First', { type: 'UInt64' }),
  parameter('Skip', { type: 'UInt64' }),
  parameter('IncludeTotalCount', { type: 'SwitchParameter' }),
];
const getWidget = commandHelp('Get-Widget', [name, size, count, ...paging], {
  examples: [
    {
      title: 'Example 1: All of them',
      blocks: [
        ...paragraph('Before the code.'),
        { kind: 'code', language: 'powershell', text: 'PS> Get-Widget *\n  | Out-Null' },
        ...paragraph('After the code.'),
      ],
    },
  ],
});

const shared = parameter('Shared');
const inC = parameter('InC', { blocks: [block({ parameterSets: ['C'], isRequired: true })] });
const setWidget = commandHelp('Set-Widget', [shared, inC], {
  syntax: [syntaxItem('A', [shared], true), syntaxItem('B', [shared]), syntaxItem('C', [inC, shared])],
});

let module: OtherModule;
let shell: TestShell;

beforeAll(async () => {
  const calls = `$script:ModuleHost = @{
    Open     = { }
    Complete = { }
    Close    = { }
    Remove   = { }
    Invoke   = {
        param($Cmdlet, $BoundParameters)
        $Cmdlet.WriteObject("$($Cmdlet.ParameterSetName): $($BoundParameters.Keys.ForEach({ "$_=$($BoundParameters[$_] -join '+')" }) -join ', ')")
    }
}
`;
  const helps: CommandHelp[] = [getWidget, setWidget];
  module = await makeOtherModule(helps, moduleSettings(), calls);
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const squeeze = (text: string) => text.replace(/\s+/g, '');

test.each([
  ['Get-Widget a, b small', ['__AllParameterSets: Name=a+b, Size=small']],
  [
    "'a', 'b' | Get-Widget -Size small",
    ['__AllParameterSets: Size=small, Name=a', '__AllParameterSets: Size=small, Name=b'],
  ],
  ["[pscustomobject] @{ Name = 'x' } | Get-Widget", ['__AllParameterSets: Name=x']],
  ['Get-Widget a -First 3 -Count 2', ['__AllParameterSets: Name=a, Count=2, First=3']],
  ['Set-Widget -Shared x', ['A: Shared=x']],
  ['Set-Widget -InC y', ['C: InC=y']],
])('%s', async (script, expected) => {
  const calls = await shell.run(Type.String(), script);
  // The order in which PowerShell binds is its own affair.
  const sorted = (call: string) =>
    call.replace(/: (.*)/, (_, bound: string) => `: ${bound.split(', ').sort().join(', ')}`);
  expect(calls.map(sorted)).toEqual(expected.map(sorted));
});

test.each([
  ["try { Get-Widget a -Size large } catch { 'refused' }"],
  ["try { Get-Widget a small extra } catch { 'refused' }"],
])('%s', async script => {
  expect(await shell.run(Type.String(), script)).toEqual(['refused']);
});

test('a set that only shared parameters are in exists', async () => {
  expect((await shell.run(Type.String(), '(Get-Command Set-Widget).ParameterSets.Name')).toSorted()).toEqual([
    'A',
    'B',
    'C',
  ]);
});

test('Get-Help shows positions, the pipeline, wildcards and accepted values', async () => {
  const syntax = squeeze(await shell.show('Get-Help Get-Widget'));
  expect(syntax).toContain('Get-Widget[-Name]<String[]>[[-Size]<String>][-Count<Int32>]');
  const shown = squeeze(await shell.show('Get-Help Get-Widget -Parameter Name'));
  expect(shown).toContain('Position?0');
  expect(shown).toContain('Acceptpipelineinput?True(ByPropertyName,ByValue)');
  expect(shown).toContain('Acceptwildcardcharacters?true');
  expect(squeeze(await shell.show('Get-Help Get-Widget -Parameter Size'))).toContain("Acceptedvalues:small,giant's.");
});

test('Get-Help parts an introduction from the code', async () => {
  const shown = await shell.show('Get-Help Get-Widget -Examples');
  expect(shown).toMatch(
    /Before the code\.\s*\n\s*\n\s*PS> Get-Widget \*\s*\n\s+\| Out-Null\s*\n\s*\n\s*After the code\./,
  );
});

test('Get-Help works whatever the addresses in the help are', async () => {
  const addresses = [
    ...['https:example.com', 'x:y', 'http:///x', 'https://a:99999', 'http://[::1', 'Get-Widget.md', 'C:\\x', '//x/y'],
    ...[
      'https://a b',
      'https://\u2019',
      'mailto:a@example.com',
      'https://exa%25mple',
      'http://a:b:c',
      'http://1.2.3.4.5.6',
    ],
  ];
  const helps = addresses.flatMap((uri, index) => [
    commandHelp(`Get-Link${index}`, [], { moduleName: 'Links', relatedLinks: [{ linkText: 'A link', uri }] }),
    commandHelp(`Get-Online${index}`, [], { moduleName: 'Links', onlineVersionUrl: uri }),
  ]);
  await using module = await makeOtherModule(helps, moduleSettings({ name: 'Links' }));
  const shown = await shell.run(
    Type.Array(Type.String()),
    `Import-Module '${module.manifest}'
    foreach ($c in (Get-Module Links).ExportedCommands.Keys) { $h = Get-Help $c -Full; , @($c, $h.Synopsis.Trim()) }`,
  );
  expect(shown.toSorted()).toEqual(helps.map(({ name: command }) => [command, 'Does something.']).toSorted());
});
