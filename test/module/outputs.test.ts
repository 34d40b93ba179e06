import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { modulesFolder } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// The properties of a MgmtContext complete from the import on, and its objects are as they were.

const manifest = path.join(modulesFolder, 'SecMgmt', 'SecMgmt.psd1');
const properties = ['Account', 'Environment', 'ExtendedProperties'];

test('the properties of a context complete in a session that has no core, and can have none', async () => {
  await using shell = await startShell(manifest, { SECMGMT_NODE: '/nowhere', PATH: '/nowhere' });
  const complete = (line: string) =>
    shell.run(Type.String(), `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.CompletionText`);
  for (const line of [
    '(Get-SecMgmtContext).',
    'Get-SecMgmtContext | Sort-Object ',
    'Get-SecMgmtContext | ForEach-Object { $_.',
    '$x = Get-SecMgmtContext; $x.',
    '$x = Connect-SecMgmtAccount; $x.',
  ]) {
    expect(await complete(line), line).toEqual(properties);
  }
  expect(await complete('(Get-SecMgmtContext).Account.T')).toEqual(['Tenant', 'Type']);
});

test('an object has its own values, each once, and the type name first', async () => {
  await using shell = await startShell(manifest);
  const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
  const claims = {
    tid: tenant,
    oid: tenant,
    aud: 'https://graph.microsoft.com',
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  const script = `$context = Connect-SecMgmtAccount -AccessToken '${unsignedToken(claims)}'
    @{ names = @($context.PSObject.Properties.Name); kinds = @($context.PSObject.Properties.MemberType | ForEach-Object { "$_" } | Select-Object -Unique)
       type = $context.PSObject.TypeNames[0]; tenant = $context.Account.Tenant; json = ($context | ConvertTo-Json -Depth 3 -Compress) }`;
  const [found] = await shell.run(Type.Record(Type.String(), Type.Unknown()), script);
  expect(found).toMatchObject({
    names: properties,
    kinds: ['NoteProperty'],
    type: 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
    tenant,
  });
  expect(JSON.parse(String(found?.json)).Account.ObjectId).toBe(tenant);
});

test('another copy of the module is imported beside the first, and the properties complete as before', async () => {
  await using copy = await copyOfModule();
  await using shell = await startShell(manifest);
  const line = '(Get-SecMgmtContext).';
  const script = `$before = $Error.Count; Import-Module ${quote(copy.manifest)} -Force
    [string] ((Get-Module SecMgmt).ModuleBase.Count); [string] ($Error.Count - $before)
    (TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.CompletionText`;
  expect(await shell.run(Type.String(), script)).toEqual(['2', '0', ...properties]);
});

async function copyOfModule(): Promise<{ manifest: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
  await cp(path.join(modulesFolder, 'SecMgmt'), path.join(folder, 'SecMgmt'), { recursive: true });
  return {
    manifest: path.join(folder, 'SecMgmt', 'SecMgmt.psd1'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
