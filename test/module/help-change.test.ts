import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModuleFolder, makeModule } from '../support/module-folder.ts';

// Nothing but a copy of the Markdown is changed, and the live cmdlet is another one.

let module: ModuleFolder;
let shell: TestShell;

beforeAll(async () => {
  module = await makeModule(markdown => {
    const changes: [from: string, to: string][] = [
      ['Aliases: Domain, TenantId', 'Aliases: Domain, TenantId, Directory'],
      ['AzurePPE, AzureUSGovernment', 'AzurePPE, AzureUSGovernment, AzureMoonBase'],
      ['-AccessToken <String> [-Environment', '-AccessToken <String> -ApplicationId <String> [-Environment'],
      [
        'Parameter Sets: RefreshToken, ServicePrincipalCertificate\n',
        'Parameter Sets: AccessToken, RefreshToken, ServicePrincipalCertificate\n',
      ],
    ];
    return changes.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replaceAll(from, to);
    }, markdown);
  });
  shell = await startShell(module.manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const command = '(Get-Command Connect-SecMgmtAccount)';

test('a new alias names the parameter, and Get-Help tells it', async () => {
  expect(await shell.run(Type.String(), `${command}.Parameters['Tenant'].Aliases`)).toEqual([
    'Domain',
    'TenantId',
    'Directory',
  ]);
  expect(await shell.run(Type.String(), '(Get-Help Connect-SecMgmtAccount -Parameter Tenant).aliases')).toEqual([
    'Domain, TenantId, Directory',
  ]);
});

test('a new accepted value is accepted and completed', async () => {
  const line = 'Connect-SecMgmtAccount -Environment AzureM';
  expect(
    await shell.run(Type.String(), `(TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`),
  ).toEqual(['AzureMoonBase']);
  expect(
    await shell.run(Type.String(), `[enum]::GetNames(${command}.Parameters['Environment'].ParameterType)`),
  ).toContain('AzureMoonBase');
});

test('a parameter that was added to a set is in it, and required there', async () => {
  const script = `${command}.ParameterSets.Where({ $_.Name -eq 'AccessToken' }).Parameters.Where({ $_.Name -eq 'ApplicationId' }).IsMandatory`;
  expect(await shell.run(Type.Boolean(), script)).toEqual([true]);
  const shown = await shell.show('Get-Help Connect-SecMgmtAccount');
  expect(shown.replace(/\s+/g, '')).toContain('-AccessToken<String>-ApplicationId<String>[-Environment');
});
