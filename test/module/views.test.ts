import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faultOf } from '../../packages/ts-cmdlet/test/host/fault.ts';
import { whileChanged } from '../../packages/ts-cmdlet/test/support/changed-file.ts';
import { modulesFolder } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// The views of a module's objects are loaded with the first of these, and not by the import.

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

beforeEach(() => shell.run(Type.Null(), `Import-Module ${quote(manifest)} -Force`));

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const claims = { tid: tenant, aud: 'https://graph.microsoft.com', exp: Math.floor(Date.now() / 1000) + 3600 };
const call = `Connect-SecMgmtAccount -AccessToken '${unsignedToken({ ...claims, oid: tenant })}'`;

const loaded = () =>
  shell.run(
    Type.Object({ all: Type.Array(Type.String()), top: Type.Array(Type.String()), nested: Type.Array(Type.String()) }),
    `@{ all = @((Get-Module -All).ForEach('Name')); top = @((Get-Module).ForEach('Name'))
       nested = @((Get-Module SecMgmt).NestedModules.ForEach('Name')) }`,
  );

test('they come with the first object, say nothing, and go with the module', async () => {
  expect(await loaded()).toMatchObject([{ all: ['SecMgmt'], nested: [] }]);
  await shell.show('Connect-SecMgmtAccount -WhatIf');
  expect(await loaded()).toMatchObject([{ nested: [] }]);
  const shown = await shell.show(
    `$VerbosePreference = 'Continue'; try { ${call} 4>&1 | Out-Default } finally { $VerbosePreference = 'SilentlyContinue' }`,
  );
  expect(shown).not.toContain('Loading module');
  expect(await loaded()).toEqual([
    { all: ['SecMgmt', 'SecMgmt.format'], top: ['SecMgmt'], nested: ['SecMgmt.format'] },
  ]);
  await shell.run(Type.Null(), 'Remove-Module SecMgmt');
  expect(await loaded()).toMatchObject([{ all: [] }]);
});

test.each(['FullLanguage', 'ConstrainedLanguage', 'NoLanguage'])(
  'they are loaded in a session of %s that shows its user nothing but the cmdlets',
  async mode => {
    const outcome = await shell.run(
      Type.Object({ written: Type.Integer(), errors: Type.Array(Type.String()), nested: Type.Integer() }),
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
      @{ written = $written.Count; errors = @($session.Streams.Error.ForEach({ "$_" })); nested = $module.NestedModules.Count }
    } finally { $runspace.Dispose() }`,
    );
    expect(outcome).toEqual([{ written: 1, errors: [], nested: 1 }]);
  },
);

test('they are loaded once', async () => {
  await shell.run(Type.Null(), `$null = ${call}`);
  const file = path.join(folder, 'SecMgmt', 'views', 'SecMgmt.format.psd1');
  await whileChanged(
    file,
    () => undefined,
    () => shell.run(Type.Null(), `$null = ${call}`),
  );
});

describe('a call whose object has no view, since a file', () => {
  test.each([
    ['is missing', 'SecMgmt.format.psd1', undefined],
    ['is missing', 'SecMgmt.format.ps1xml', undefined],
    ['is cut off', 'SecMgmt.format.psd1', 60],
    ['is cut off', 'SecMgmt.format.ps1xml', 400],
  ])('%s, %s, is one error, and the next call works', async (_how, name, length) => {
    const file = path.join(folder, 'SecMgmt', 'views', name);
    const change = (built: string) => (length === undefined ? undefined : built.slice(0, length));
    expect(await whileChanged(file, change, () => faultOf(shell, call))).toEqual({
      id: 'ModuleIncomplete,Connect-SecMgmtAccount',
      message: expect.stringContaining(
        `Connect-SecMgmtAccount could not load a part of its module, ${path.join(folder, 'SecMgmt', 'views', 'SecMgmt.format.psd1')}: `,
      ),
      action: 'The files of the module are incomplete or were changed: install it again, then start a new session.',
      printed: '',
      errors: 1,
    });
    expect(await shell.show(`${call} | Out-Default`)).toMatch(/^\s*Account +Environment +TenantId\s*$/m);
  });
});
