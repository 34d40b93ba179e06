import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modulesFolder } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// The view of a module's objects is there from the import on, wherever they come from.

let folder: string;
let manifest: string;
let shell: TestShell;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'views-')));
  await cp(path.join(modulesFolder, 'SecMgmt'), path.join(folder, 'SecMgmt'), { recursive: true });
  manifest = path.join(folder, 'SecMgmt', 'SecMgmt.psd1');
  shell = await startShell(manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const claims = { tid: tenant, aud: 'https://graph.microsoft.com', exp: Math.floor(Date.now() / 1000) + 3600 };
const call = `Connect-SecMgmtAccount -AccessToken '${unsignedToken({ ...claims, oid: tenant })}'`;
const header = /^\s*Account +Environment +TenantId\s*$/m;

test('an object of another runspace is shown by it, before any call of this one', async () => {
  const shown = await shell.show(
    `1 | ForEach-Object -Parallel { Import-Module ${quote(manifest)}; ${call} } | Out-String`,
  );
  expect(shown).toMatch(header);
});

test('it goes with the module', async () => {
  const file = quote(path.join(folder, 'context.xml'));
  await shell.run(Type.Null(), `${call} | Export-Clixml ${file}`);
  expect(await shell.show(`Import-Clixml ${file} | Out-String`)).toMatch(header);
  const shown = await shell.show(
    `Remove-Module SecMgmt; Import-Clixml ${file} | Out-String; Import-Module ${quote(manifest)}`,
  );
  expect(shown).not.toMatch(header);
});

test.each(['FullLanguage', 'ConstrainedLanguage', 'NoLanguage'])(
  'it is there in a session of %s that shows its user nothing but the cmdlets',
  async mode => {
    const outcome = await shell.run(
      Type.Object({ written: Type.Integer(), errors: Type.Array(Type.String()), formats: Type.Integer() }),
      `$state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = '${mode}'
    foreach ($command in $state.Commands) { $command.Visibility = 'Private' }
    $state.ImportPSModule(@(${quote(manifest)}))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    try {
      $session = [powershell]::Create($runspace).AddCommand('Connect-SecMgmtAccount')
      $written = $session.AddParameter('AccessToken', '${unsignedToken({ ...claims, oid: tenant })}').Invoke()
      $module = $runspace.SessionStateProxy.InvokeCommand.GetCommand('Get-SecMgmtContext', 'Function').Module
      @{ written = $written.Count; errors = @($session.Streams.Error.ForEach({ "$_" })); formats = $module.ExportedFormatFiles.Count }
    } finally { $runspace.Dispose() }`,
    );
    expect(outcome).toEqual([{ written: 1, errors: [], formats: 1 }]);
  },
);
