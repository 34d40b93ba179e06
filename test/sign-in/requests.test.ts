import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { Type } from 'typebox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// What an administrator does with an account, in PowerShell: what of it is PowerShell's, such as types, views, pipelines and
// previews. test/request has the rest.

let entra: Entra;
let shell: SignInShell;
let adele: User;
let tenant: string;

beforeAll(async () => {
  entra = await startEntra();
  tenant = entra.directory.tenantOf('AzureCloud').id;
  adele = entra.directory.addUser({ tenantId: tenant, userPrincipalName: 'adele@contoso.example' });
  shell = await startSignInShell(entra);
});

afterEach(() => entra.log.clear());

afterAll(async () => {
  expectNoSecrets(entra);
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

describe('New-SecMgmtAccessToken', () => {
  const scopes = `-Scopes 'https://graph.microsoft.com/.default'`;

  test('returns secure strings, which no view displays', async () => {
    const token = await entra.issueRefreshToken(adele, commandLineClientId);
    const script = `
      $result = New-SecMgmtAccessToken -RefreshToken '${token}' ${scopes}
      @{
        Types = @($result.AccessToken, $result.RefreshToken, $result.ExpiresOn | ForEach-Object { $_.GetType().FullName })
        Parts = (ConvertFrom-SecureString $result.AccessToken -AsPlainText).Split('.').Count
        TypeName = $result.PSObject.TypeNames[0]
        Account = $result.Account
        Table = $result | Out-String -Width 300
        List = $result | Format-List * -Force | Out-String
        Scopes = $result.Scopes
      }`;
    const Shape = Type.Record(Type.String(), Type.Unknown());
    const [result] = await shell.shell.run(Shape, script);
    expect(result).toMatchObject({
      Types: ['System.Security.SecureString', 'System.Security.SecureString', 'System.DateTimeOffset'],
      Parts: 3,
      TypeName: 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.AuthResult',
      Account: adele.userPrincipalName,
      Scopes: ['DeviceManagementManagedDevices.Read.All', 'User.Read'],
      Table: expect.stringMatching(/^\s*Account +TenantId +ExpiresOn +Scopes +Roles/),
    });
    for (const text of [result?.Table, result?.List]) expect(text).not.toMatch(/eyJ/);
    expect(result?.Table).not.toContain('SecureString');
  });

  test('leaves the account that is connected as it is', async () => {
    const token = await entra.issueRefreshToken(adele, commandLineClientId);
    const recorded = await shell.record(
      `[void] (New-SecMgmtAccessToken -RefreshToken '${token}' ${scopes}); Get-SecMgmtContext`,
    );
    expect(recorded.written).toEqual([]);
  });

  test('chooses the set by what is passed, and asks for nothing that a set does not need', async () => {
    const call = "New-SecMgmtAccessToken -ApplicationId 'no GUID' -Scopes s -ErrorAction Stop";
    const recorded = await shell.record(call);
    expect(recorded.error.id).toBe('InvalidApplicationId,New-SecMgmtAccessToken');
    expect(entra.log.connections).toEqual([]);
  });
});
