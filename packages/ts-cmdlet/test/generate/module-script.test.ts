import { describe, expect, test } from 'vitest';
import { moduleScript } from '../../src/generate/module-script.ts';
import { block, commandHelp, moduleSettings, parameter, syntaxItem } from '../support/help-models.ts';

const switchParameter = (name: string) => parameter(name, { type: 'SwitchParameter' });

/** The lines of the generated function that stand above a parameter. */
function linesOf(script: string, name: string): string[] {
  const lines = script.split('\n').map(line => line.trim().replace(/,$/, ''));
  const end = lines.indexOf(`$${name}`);
  const start = Math.max(lines.lastIndexOf('', end), lines.lastIndexOf('param(', end));
  return lines.slice(start + 1, end);
}

describe('moduleScript', () => {
  test('writes a function with its parameters and one call', () => {
    const help = commandHelp(
      'Get-Widget',
      [parameter('Name', { blocks: [block({ isRequired: true, position: 0 })] })],
      {
        outputs: [{ typename: 'Widgets.Widget', description: [] }],
        onlineVersionUrl: 'https://example.com/widget',
      },
    );
    expect(
      moduleScript([help], moduleSettings()),
    ).toBe(`# Generated from help/*.md. Do not edit: change the help and run npm run build.

function Get-Widget {
    # .EXTERNALHELP Widgets-Help.xml
    [CmdletBinding(PositionalBinding = $false, HelpUri = 'https://example.com/widget')]
    [OutputType('Widgets.Widget')]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string]
        $Name
    )
    process { if (\${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw \${downstream error} } }
}

$script:HostSetting = @{
    SettingPrefix = 'WIDGETS_'
    Scripts = @()
    HostFunctions = @()
    Enums = @{}
}

# The host is loaded here.
`);
  });

  test('names sets only where a parameter differs between them or is not in all', () => {
    const everywhere = parameter('Everywhere');
    const differs = parameter('Differs', {
      blocks: [block({ parameterSets: ['A'], isRequired: true }), block({ parameterSets: ['B'] })],
    });
    const same = parameter('Same', { blocks: [block({ parameterSets: ['A'] }), block({ parameterSets: ['B'] })] });
    const inB = parameter('InB', {
      blocks: [block({ parameterSets: ['B'], valueFromPipeline: true, valueFromPipelineByPropertyName: true })],
    });
    const syntax = [
      syntaxItem('A', [everywhere, differs, same], true),
      syntaxItem('B', [everywhere, differs, same, inB]),
    ];
    const script = moduleScript(
      [commandHelp('Get-Widget', [everywhere, differs, same, inB], { syntax })],
      moduleSettings(),
    );
    expect(script).toContain("[CmdletBinding(DefaultParameterSetName = 'A', PositionalBinding = $false)]");
    expect(linesOf(script, 'Everywhere')).toEqual(['[Parameter()]', '[string]']);
    expect(linesOf(script, 'Differs')).toEqual([
      "[Parameter(ParameterSetName = 'B')]",
      "[Parameter(ParameterSetName = 'A', Mandatory)]",
      '[string]',
    ]);
    expect(linesOf(script, 'Same')).toEqual(['[Parameter()]', '[string]']);
    expect(linesOf(script, 'InB')).toEqual([
      "[Parameter(ParameterSetName = 'B', ValueFromPipeline, ValueFromPipelineByPropertyName)]",
      '[string]',
    ]);
  });

  test('names every set where one would be named by no parameter', () => {
    const name = parameter('Name');
    const inC = parameter('InC', { blocks: [block({ parameterSets: ['C'] })] });
    const syntax = [syntaxItem('A', [name], true), syntaxItem('B', [name]), syntaxItem('C', [name, inC])];
    const script = moduleScript([commandHelp('Get-Widget', [name, inC], { syntax })], moduleSettings());
    expect(linesOf(script, 'Name').slice(0, 3)).toEqual([
      "[Parameter(ParameterSetName = 'C')]",
      "[Parameter(ParameterSetName = 'B')]",
      "[Parameter(ParameterSetName = 'A')]",
    ]);
  });

  test('leaves -WhatIf, -Confirm and common parameters to PowerShell', () => {
    const help = commandHelp('Set-Widget', [
      switchParameter('WhatIf'),
      switchParameter('Confirm'),
      parameter('ProgressAction', { type: 'ActionPreference' }),
    ]);
    const script = moduleScript([help], moduleSettings());
    expect(script).toContain('[CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]');
    expect(script).toContain('    param()\n');
  });

  test('supports paging only where all three of its parameters are there', () => {
    const paging = [parameter('First'), parameter('Skip'), switchParameter('IncludeTotalCount')];
    const all = moduleScript([commandHelp('Get-Widget', paging)], moduleSettings());
    expect(all).toContain('SupportsPaging');
    expect(all).not.toContain('$First');
    const some = moduleScript([commandHelp('Get-Widget', paging.slice(0, 2))], moduleSettings());
    expect(some).not.toContain('SupportsPaging');
    expect(linesOf(some, 'First')).toEqual(['[Parameter()]', '[string]']);
  });

  test('writes an enum once, and a set of strings where the type is a string', () => {
    const colour = parameter('Colour', { type: 'Widgets.ColourName', acceptedValues: ['Red', 'Blue'] });
    const many = parameter('Colours', { type: 'Widgets.ColourName[]', acceptedValues: ['Red', 'Blue'] });
    const size = parameter('Size', { acceptedValues: ["it's", 'small'] });
    const always = parameter('Always', { type: 'SwitchParameter', acceptedValues: ['true'] });
    const helps = [commandHelp('Get-Widget', [colour, size, always]), commandHelp('Set-Widget', [many])];
    const script = moduleScript(helps, moduleSettings());
    const made = [...script.matchAll(/'(Widgets\.Enum\w+\.ColourName)' = @\{ (.*) \}/g)];
    expect(made.map(([, , definition]) => definition)).toEqual([
      "Name = 'Widgets.ColourName'; Values = @('Red', 'Blue')",
    ]);
    const type = made[0]?.[1];
    expect(linesOf(script, 'Colour')).toEqual(['[Parameter()]', `[${type}]`]);
    expect(linesOf(script, 'Colours')).toEqual(['[Parameter()]', `[${type}[]]`]);
    expect(linesOf(script, 'Size')).toEqual(['[Parameter()]', "[ValidateSet('it''s', 'small')]", '[string]']);
    expect(linesOf(script, 'Always')).toEqual(['[Parameter()]', "[ValidateSet('true')]", '[switch]']);
  });

  test('writes aliases, validation and what else the help says of a parameter', () => {
    const name = parameter('Name', {
      aliases: ['n', 'Label'],
      helpMessage: "The widget's name",
      supportsWildcards: true,
      dontShow: true,
      blocks: [block({ valueFromRemainingArguments: true })],
    });
    const settings = moduleSettings({ parameterValidation: { 'Get-Widget': { Name: ['NotNullOrEmpty'] } } });
    expect(linesOf(moduleScript([commandHelp('Get-Widget', [name])], settings), 'Name')).toEqual([
      "[Parameter(ValueFromRemainingArguments, DontShow, HelpMessage = 'The widget''s name')]",
      "[Alias('n', 'Label')]",
      '[SupportsWildcards()]',
      '[ValidateNotNullOrEmpty()]',
      '[string]',
    ]);
  });
});
