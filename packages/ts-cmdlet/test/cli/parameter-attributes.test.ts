import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// AllowEmptyString and AllowNull let in what PowerShell refuses for a mandatory parameter: about_Functions_Advanced_Parameters.

const build = () => runCommand(['build', 'Sample'], sample.cwd);

test('an empty text and a null reach the handler only where the settings allow them, and its type has the null', async () => {
  const call = (value: string) => `try { (Get-SampleGreeting ${value}).Text } catch { $_.FullyQualifiedErrorId }`;
  const calls = [call("''"), call('$null'), call("'Ada'")].join('; ');
  {
    await using shell = await startShell(sample.file('module/Sample/Sample.psd1'));
    const refused = 'ParameterArgumentValidationErrorEmptyStringNotAllowed,Get-SampleGreeting';
    const refusedNull = 'ParameterArgumentValidationErrorNullNotAllowed,Get-SampleGreeting';
    expect(await shell.run(Type.String(), calls)).toEqual([refused, refusedNull, 'Hello, Ada!']);
  }
  const attributes = '{ "Get-SampleGreeting": { "Name": ["AllowEmptyString", "AllowNull"] } }';
  await sample.edit(
    'module.json',
    '"powerShellVersion"',
    `"parameterValidation": ${attributes},\n  "powerShellVersion"`,
  );
  // The handler that has no null in mind does not compile.
  const { code, stderr } = await build();
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('readonly string[] | null') });
  await sample.edit('get-greeting.ts', 'names: Name,', "names: Name ?? ['null'],");
  await sample.edit('get-greeting.ts', "name.trim() === ''", "name === 'nobody'");
  expect(await build()).toMatchObject({ code: 0, stderr: '' });
  await using shell = await startShell(sample.file('module/Sample/Sample.psd1'));
  expect(await shell.run(Type.String(), calls)).toEqual(['Hello, !', 'Hello, null!', 'Hello, Ada!']);
});
