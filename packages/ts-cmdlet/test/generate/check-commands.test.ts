import { expect, test } from 'vitest';
import { checkCommands } from '../../src/generate/check-commands.ts';
import { block, commandHelp, parameter, syntaxItem } from '../support/help-models.ts';

const check = (...helps: Parameters<typeof checkCommands>[0]) =>
  checkCommands(helps).map(({ file, line, message, expected }) => `${file}:${line}: ${message} ${expected}`);

test('finds nothing wrong with a plain command', () => {
  expect(check(commandHelp('Get-Widget', [parameter('Name', { aliases: ['n'] })]))).toEqual([]);
});

test('tells every error at once, with file and line', () => {
  const help = commandHelp('Get-Widget', [
    parameter('Bad name', { line: 5 }),
    parameter('Thing', { type: 'System.Thing', line: 15 }),
    parameter('Name', { aliases: ['a b'], line: 25 }),
    parameter('Lost', { blocks: [block({ parameterSets: ['Nowhere'] })], line: 35 }),
  ]);
  expect(check(help).map(text => text.replace(/ Expected.*/, ''))).toEqual([
    "help/Get-Widget.md:5: 'Bad name' can't be a parameter's name.",
    'help/Get-Widget.md:15: Parameter -Thing has the unsupported type System.Thing.',
    "help/Get-Widget.md:25: 'a b' can't be an alias of -Name.",
    'help/Get-Widget.md:35: -Lost belongs to no parameter set of SYNTAX.',
  ]);
});

test.each(['PSCmdlet', 'Host', 'pid', 'true'])('-%s is refused: PowerShell keeps that variable', name => {
  expect(check(commandHelp('Get-Widget', [parameter(name)]))).toEqual([expect.stringContaining('for itself')]);
});

test.each([
  [[parameter('Name'), parameter('Label', { aliases: ['name'] })], "'name' names both -Name and -Label."],
  [[parameter('Name', { aliases: ['vb'] })], "'vb' names both -Verbose and -Name."],
  [
    [
      parameter('WhatIf', { type: 'switch' }),
      parameter('Confirm', { type: 'switch' }),
      parameter('Widget', { aliases: ['wi'] }),
    ],
    "'wi' names both -WhatIf and -Widget.",
  ],
])('a name that is given twice is refused', (parameters, message) => {
  expect(check(commandHelp('Get-Widget', parameters))).toEqual([expect.stringContaining(message)]);
});

test('common parameters may be described', () => {
  const parameters = [parameter('ProgressAction', { type: 'ActionPreference', aliases: ['proga'] })];
  expect(check(commandHelp('Get-Widget', parameters))).toEqual([]);
});

test('an enum that is spelled in two ways is refused, and the other place is named', () => {
  const colour = (type: string, values: string[]) => parameter('Colour', { type, acceptedValues: values });
  const first = commandHelp('Get-Widget', [colour('ColourName', ['Red', 'Blue'])]);
  expect(check(first, commandHelp('Set-Widget', [colour('Colourname', ['Red', 'BLUE'])]))).toEqual([
    'help/Set-Widget.md:20: Enum Colourname is spelled ColourName in help/Get-Widget.md:20. Expected one spelling.',
    'help/Set-Widget.md:20: Value BLUE of enum Colourname is spelled Blue in help/Get-Widget.md:20. Expected one spelling.',
  ]);
  expect(check(first, commandHelp('Set-Widget', [colour('ColourName', ['Green', 'Red'])]))).toEqual([]);
});

test('-WhatIf without -Confirm, or the reverse, is warned of', () => {
  const only = (name: string) => checkCommands([commandHelp('Get-Widget', [parameter(name, { type: 'switch' })])]);
  expect(only('WhatIf')).toMatchObject([
    { severity: 'warning', code: 'should-process-incomplete', message: 'The help has -WhatIf and no -Confirm.' },
  ]);
  expect(only('Confirm')).toMatchObject([{ severity: 'warning', message: 'The help has -Confirm and no -WhatIf.' }]);
});

test('more parameter sets than PowerShell has bits for are refused', () => {
  const syntax = Array.from({ length: 33 }, (_, index) => syntaxItem(`Set${index}`, []));
  expect(check(commandHelp('Get-Widget', [], { syntax }))).toEqual([
    'help/Get-Widget.md:1: The help has 33 parameter sets. Expected 32 at most.',
  ]);
});

test('two files on one cmdlet are refused', () => {
  expect(check(commandHelp('Get-Widget', []), commandHelp('Get-widget', []))).toEqual([
    expect.stringContaining('as well'),
  ]);
});

test.each(['../x.xml', 'x.xml\n# .LINK y', 'x', ''])('the external help file %j is refused', externalHelpFile => {
  expect(check(commandHelp('Get-Widget', [], { externalHelpFile }))).toEqual([
    expect.stringContaining('The external help file is'),
  ]);
});

test.each(['Get-Widget.md', 'https:example.com', 'http:///x', 'about:blank'])(
  'the online version %s is warned of',
  url => {
    expect(checkCommands([commandHelp('Get-Widget', [], { onlineVersionUrl: url })])).toMatchObject([
      { severity: 'warning', code: 'online-version-unusable' },
    ]);
  },
);
