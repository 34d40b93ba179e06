import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// A module in a session whose user may not use all of the language, such as a restricted endpoint: about_Language_Modes.

const Outcome = Type.Object({ output: Type.Array(Type.Unknown()), errors: Type.Array(Type.String()) });

/** Runs one command in a runspace with a language mode, in which the probe module may have been imported before. */
async function runIn(mode: string, command: string, isImported: boolean) {
  const [outcome] = await shell.run(
    Outcome,
    `$state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = '${mode}'
    if ($${isImported}) { $state.ImportPSModule(@(${quote(module.manifest)})) }
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $session = [powershell]::Create($runspace).${command}
    try {
      $output = @(try { $session.Invoke() } catch { $session.Streams.Error.Add($_.Exception.InnerException.ErrorRecord) })
      @{ output = $output; errors = @($session.Streams.Error.ForEach({ "$_" })) }
    } finally { $runspace.Dispose() }`,
  );
  return outcome;
}

const call = "AddCommand('Test-Probe').AddParameter('Action', 'Print')";

test.each(['ConstrainedLanguage', 'RestrictedLanguage', 'NoLanguage'])(
  '%s leaves a module that was imported before alone',
  async mode => {
    expect(await runIn(mode, call, true)).toEqual({ output: ['still here'], errors: [] });
  },
);

test.each(['RestrictedLanguage', 'NoLanguage'])('a module is imported in %s, and works', async mode => {
  const importAndCall = `AddCommand('Import-Module').AddParameter('Name', ${quote(module.manifest)}).AddStatement().${call}`;
  expect(await runIn(mode, importAndCall, false)).toEqual({ output: ['still here'], errors: [] });
});

test('ConstrainedLanguage makes an import one error that says what is missing', async () => {
  const importAlone = `AddCommand('Import-Module').AddParameter('Name', ${quote(module.manifest)})`;
  expect(await runIn('ConstrainedLanguage', importAlone, false)).toEqual({
    output: [],
    errors: [expect.stringContaining('HostProbe cannot work in ConstrainedLanguage.')],
  });
});
