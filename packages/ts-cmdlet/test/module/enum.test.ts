import { runScript } from 'powershell-driver/process';
import { expect, test } from 'vitest';
import { commandHelp, moduleSettings, parameter } from '../support/help-models.ts';
import { makeOtherModule } from './other-module.ts';

// The enum that a module makes of the values its help accepts, on a live module.

/** A module whose Get-Widget takes one of these colours. */
function colourModule(acceptedValues: string[]) {
  const colour = parameter('Colour', { type: 'Nullable[Widgets.ColourName][]', acceptedValues });
  return makeOtherModule([commandHelp('Get-Widget', [colour])], moduleSettings());
}

test('an enum has its values in the order of the help, and its own name in the syntax', async () => {
  await using module = await colourModule(['Red', 'Blue', 'Green']);
  const lines = await runScript(`
    Import-Module '${module.manifest}'
    (Get-Command Get-Widget).ParameterSets[0].ToString()
    (Get-Widget -Colour red, 2).bound['Colour'] -join ' '
    try { Get-Widget -Colour Pink } catch { $_.FullyQualifiedErrorId; "$_".Replace("\`n", ' ') }`);
  expect(lines).toEqual([
    '[-Colour <Nullable[ColourName][]>] [<CommonParameters>]',
    'Red Green',
    'ParameterArgumentTransformationError,Get-Widget',
    expect.stringContaining('Red, Blue, Green'),
  ]);
});

test('a module that is imported again with other values takes those, and the first one its own again', async () => {
  await using first = await colourModule(['Red', 'Blue']);
  await using second = await colourModule(['Red', 'Green']);
  const lines = await runScript(`
    foreach ($manifest in '${first.manifest}', '${second.manifest}', '${first.manifest}') {
        Import-Module $manifest -Force
        foreach ($colour in 'Red', 'Blue', 'Green') {
            try { (Get-Widget -Colour $colour).bound['Colour'] -join ' ' } catch { "not $colour" }
        }
        Remove-Module (Get-Command Get-Widget).ModuleName
    }`);
  const ofFirst = ['Red', 'Blue', 'not Green'];
  expect(lines).toEqual([...ofFirst, 'Red', 'not Blue', 'Green', ...ofFirst]);
});

test('all imports share one type, whose name is a plain one', async () => {
  await using module = await colourModule(['Red', 'Blue']);
  const lines = await runScript(`
    Import-Module '${module.manifest}'
    $first = (Get-Command Get-Widget).Parameters['Colour'].ParameterType
    Import-Module '${module.manifest}' -Force
    $first.ToString()
    $first -eq (Get-Command Get-Widget).Parameters['Colour'].ParameterType
    $imports = { Import-Module '${module.manifest}'; (Get-Widget -Colour blue).bound['Colour'] -join ' ' }
    1..8 | ForEach-Object -Parallel $imports -ThrottleLimit 8 | Group-Object -NoElement | ForEach-Object { $_.Name, $_.Count }
    @(@([System.AppDomain]::CurrentDomain.GetAssemblies().FullName) -like '*.ColourName, *').Count
    [Widgets.ColourName]::Blue`);
  const type = 'System.Nullable`1[Widgets.ColourName][]';
  expect(lines).toEqual([type, 'True', 'Blue', '8', '1', 'Blue']);
});

test('a module without an enum makes none, whatever variables its user has, and one with an enum changes none', async () => {
  await using plain = await makeOtherModule([commandHelp('Get-Widget', [parameter('Name')])], moduleSettings());
  await using coloured = await colourModule(['Red', 'Blue']);
  const lines = await runScript(`
    $enum = $name = $assembly = $number = "the user's"
    \${enum ColourName} = { $script:UsersWasRun = $true }
    Import-Module '${plain.manifest}'
    Get-Widget -Name n | ForEach-Object { $_.bound['Name'] }
    & (Get-Module Widgets) { $null -eq $script:UsersWasRun }
    @([System.AppDomain]::CurrentDomain.GetAssemblies().FullName) -like '*.ColourName, *'
    Import-Module '${coloured.manifest}' -Force
    (Get-Widget -Colour blue).bound['Colour'] -join ' '
    $enum, $name, $assembly, $number, \${enum ColourName}.GetType().Name -join ' '`);
  expect(lines).toEqual(['n', 'True', 'Blue', "the user's the user's the user's the user's ScriptBlock"]);
});
