import { expect, test } from 'vitest';
import { generateCmdletTypes } from '../../src/generate/generate-module.ts';
import { prepareCommands } from '../../src/generate/prepare-commands.ts';
import { block, commandHelp, parameter, syntaxItem } from '../support/help-models.ts';

const codes = (prepared: ReturnType<typeof prepareCommands>) => prepared.warnings.map(({ code }) => code);
const names = (helps: readonly { name: string }[]) => helps.map(({ name }) => name);
const script = parameter('Script', { type: 'ScriptBlock' });
const mandatory = { blocks: [block({ isRequired: true })] };

test('an optional parameter whose values cannot cross is left out of the function and of its help, with a warning', () => {
  const prepared = prepareCommands([commandHelp('Set-Widget', [parameter('Name'), script])]);
  expect(codes(prepared)).toEqual(['parameter-left-out']);
  for (const [help] of [prepared.declared, prepared.documented]) {
    expect(names(help?.parameters ?? [])).toEqual(['Name']);
    expect(names(help?.syntax[0]?.parameters ?? [])).toEqual(['Name']);
  }
});

test('where it is mandatory the module has no such cmdlet, and the warning is at the parameter', () => {
  const prepared = prepareCommands([
    commandHelp('Get-Widget', []),
    commandHelp('Set-Widget', [parameter('Script', { type: 'ScriptBlock', ...mandatory, line: 7 })]),
  ]);
  expect(prepared.warnings).toMatchObject([{ severity: 'warning', code: 'command-left-out', line: 7 }]);
  expect(names(prepared.declared)).toEqual(['Get-Widget']);
  expect(names(prepared.documented)).toEqual(['Get-Widget']);
});

test('a cmdlet that is left out is told once, whatever else of it no module can have', () => {
  const optional = parameter('Session', { type: 'CimSession' });
  const prepared = prepareCommands([
    commandHelp('Get-Widget', []),
    commandHelp('Set-Widget', [optional, parameter('Script', { type: 'ScriptBlock', ...mandatory })]),
  ]);
  expect(codes(prepared)).toEqual(['command-left-out']);
});

test('where it is mandatory in one set of several, that set alone is left out', () => {
  const inSet = (set: string, isRequired: boolean) => ({ blocks: [block({ parameterSets: [set], isRequired })] });
  const byScript = parameter('Script', { type: 'ScriptBlock', ...inSet('ByScript', true) });
  const byName = parameter('Name', inSet('ByName', true));
  const prepared = prepareCommands([
    commandHelp('Set-Widget', [byName, byScript], {
      syntax: [syntaxItem('ByScript', [byScript]), syntaxItem('ByName', [byName])],
    }),
  ]);
  expect(prepared.warnings[0]?.message).toContain('(ByScript)');
  expect(prepared.declared[0]?.syntax.map(({ parameterSetName }) => parameterSetName)).toEqual(['ByName']);
  expect(names(prepared.declared[0]?.parameters ?? [])).toEqual(['Name']);
});

test('leaveOut of the settings leaves out without a warning, what could be built too', () => {
  const helps = [commandHelp('Get-Widget', [script, parameter('Old')]), commandHelp('Set-Widget', [parameter('A')])];
  const prepared = prepareCommands(helps, { 'Get-Widget': ['Script', 'Old'], 'Set-Widget': true });
  expect(prepared.warnings).toEqual([]);
  expect(prepared.declared.map(({ name, parameters }) => [name, names(parameters)])).toEqual([['Get-Widget', []]]);
});

test('what is given for a class that no INPUTS or OUTPUTS names arrives as it is, and the help keeps the name', () => {
  const takes = commandHelp('Get-Widget', [parameter('Identity', { type: 'WidgetPipeBind' })]);
  const prepared = prepareCommands([takes]);
  expect(codes(prepared)).toEqual(['type-not-described']);
  expect(prepared.declared[0]?.parameters[0]?.type).toBe('Object');
  expect(prepared.documented[0]?.parameters[0]?.type).toBe('WidgetPipeBind');
  const types = generateCmdletTypes([takes]).find(({ path }) => path === 'Get-Widget.ts')?.content;
  expect(types).toContain('readonly Identity?: unknown;');
});

test('a class that OUTPUTS names, and a PSTypeName, take their objects alone', () => {
  const prepared = prepareCommands([
    commandHelp(
      'Get-Widget',
      [parameter('Widget', { type: 'PSWidget' }), parameter('Result', { type: 'IResult#Set' })],
      {
        outputs: [{ typename: 'Widgets.PSWidget', description: [] }],
      },
    ),
  ]);
  expect(prepared.warnings).toEqual([]);
  expect(prepared.declared[0]?.parameters.map(({ type }) => type)).toEqual(['PSWidget', 'IResult#Set']);
});

test('accepted values that are a range are ignored, and those that no enum can have restrict a text', () => {
  const prepared = prepareCommands([
    commandHelp('Get-Widget', [
      parameter('Priority', { type: 'System.Nullable`1[System.Int32]', acceptedValues: ['1-20000'] }),
      parameter('Level', { type: 'WidgetLevel', acceptedValues: ['1.0', '2.0'] }),
    ]),
  ]);
  expect(prepared.warnings.map(({ code, expected }) => [code, expected])).toMatchObject([
    ['values-unusable', expect.stringContaining('"Range"')],
    ['values-unusable', expect.stringContaining('String')],
  ]);
  expect(prepared.declared[0]?.parameters).toMatchObject([
    { acceptedValues: [] },
    { type: 'String', acceptedValues: ['1.0', '2.0'] },
  ]);
});

test('accepted values of a class that cannot cross and whose name no enum can have restrict a text', () => {
  const encoding = parameter('Encoding', { type: 'System.Text.Encoding', acceptedValues: ['ASCII', 'UTF8'] });
  const prepared = prepareCommands([commandHelp('Get-Widget', [encoding])]);
  expect(prepared.warnings.map(({ code }) => code)).toEqual(['values-unusable']);
  expect(prepared.declared[0]?.parameters).toMatchObject([{ type: 'String', acceptedValues: ['ASCII', 'UTF8'] }]);
});

test('an enum that is spelled in two ways has one spelling in the module', () => {
  const colour = (type: string, acceptedValues: string[]) => parameter('Colour', { type, acceptedValues });
  const prepared = prepareCommands([
    commandHelp('Get-Widget', [colour('ColourName', ['Red', 'Green', 'Blue'])]),
    commandHelp('Set-Widget', [colour('Colourname', ['BLUE'])]),
  ]);
  expect(codes(prepared)).toEqual(['enum-conflict', 'enum-conflict']);
  expect(prepared.declared[1]?.parameters).toMatchObject([{ type: 'ColourName', acceptedValues: ['Blue'] }]);
});

test('an alias that PowerShell or another command has is left out', () => {
  const alias = { kind: 'paragraph', markdown: 'gci, gwi', text: 'gci, gwi' } as const;
  const prepared = prepareCommands([
    commandHelp('Get-Widget', [parameter('Name', { aliases: ['vb', 'Old-Name', 'a b'] })], { aliases: [alias] }),
  ]);
  expect(codes(prepared).sort()).toEqual(['alias-unusable', 'alias-unusable', 'name-repeated']);
  expect(prepared.declared[0]).toMatchObject({ aliases: [{ text: 'gwi' }], parameters: [{ aliases: ['Old-Name'] }] });
});
