import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCommands } from '../../src/generate/check-commands.ts';
import { commandHelp, moduleSettings, paragraph, parameter } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';
import { readOtherPage } from './other-page.ts';

// The names in ALIASES are aliases of the command, as a compiled module's are.

let other: OtherModule;
let shell: TestShell;

beforeAll(async () => {
  const aliases = paragraph('gwid, widget');
  const helps = [
    readOtherPage('Get-Widget', [parameter('Name')], {}, { aliases }),
    readOtherPage('Get-Gadget', [parameter('Name')]),
  ];
  other = await makeOtherModule(helps, moduleSettings({ name: 'Widgets' }));
  shell = await startShell(undefined, { PSModulePath: other.root });
});
afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await other?.[Symbol.asyncDispose]();
});

test('an alias brings its module, calls its command, and goes with the module', async () => {
  const [told] = await shell.run(
    Type.Object({
      bound: Type.Record(Type.String(), Type.String()),
      aliases: Type.Record(Type.String(), Type.String()),
      exported: Type.Array(Type.String()),
      shown: Type.String(),
      there: Type.Array(Type.Boolean()),
    }),
    `$items = $ExecutionContext.InvokeProvider.Item
    $bound = (gwid -Name one).bound
    $aliases = @{}
    foreach ($alias in Get-Command gwid, widget -CommandType Alias) { $aliases[$alias.Name] = $alias.Definition }
    $before = $items.Exists('Alias:gwid')
    $exported = @((Get-Module Widgets).ExportedAliases.Keys)
    $shown = (Get-Help widget).Name
    Remove-Module Widgets
    $there = @($before, $items.Exists('Alias:gwid'))
    @{ bound = $bound; aliases = $aliases; exported = $exported; shown = $shown; there = $there }`,
  );
  expect(told).toMatchObject({
    bound: { Name: 'one' },
    aliases: { gwid: 'Get-Widget', widget: 'Get-Widget' },
    shown: 'Get-Widget',
    there: [true, false],
  });
  expect(told?.exported.sort()).toEqual(['gwid', 'widget']);
});

test.each([
  ['a command', 'Get-Gadget'],
  ['an alias', 'GADG'],
])('an alias that is the name of %s is an error', (_, alias) => {
  const helps = [
    commandHelp('Get-Gadget', [], { aliases: paragraph('gadg') }),
    commandHelp('Get-Widget', [], { aliases: paragraph(alias) }),
  ];
  expect(checkCommands(helps)).toMatchObject([
    { code: 'name-repeated', severity: 'error', file: 'help/Get-Widget.md' },
  ]);
});

test.each(['gci', 'Dir', 'ls', 'compare'])('an alias that PowerShell keeps for itself is an error: %s', alias => {
  const helps = [commandHelp('Get-Widget', [], { aliases: paragraph(alias) })];
  const kept = alias === 'ls' ? [] : [{ code: 'alias-unusable', severity: 'error' }];
  expect(checkCommands(helps)).toMatchObject(kept);
});
