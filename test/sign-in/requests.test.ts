import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Context, expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

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

describe('Invoke-SecMgmtRequest', () => {
  beforeAll(async () => {
    const items = Array.from({ length: 250 }, (_, index) => ({ id: String(index), n: index }));
    entra.graph.collections.set('/v1.0/things', { items });
    await connect(adele);
  });

  test('writes objects as they come, and asks for few pages that Select-Object does not want', async () => {
    const note = 'x'.repeat(1000);
    const items = Array.from({ length: 3000 }, (_, index) => ({ id: String(index), note }));
    entra.graph.collections.set('/v1.0/large', { items });
    const first = 'Invoke-SecMgmtRequest /large | Select-Object -First 3 | ForEach-Object id';
    expect(await shell.shell.run(Type.String(), first)).toEqual(['0', '1', '2']);
    expect(entra.log.to('/large').length).toBeLessThan(10);
    expect(await shell.shell.run(Type.Number(), '@(Invoke-SecMgmtRequest /large).Count')).toEqual([3000]);
  });

  test('pages as other cmdlets do, with the number of all as an unsigned number of 64 bits', async () => {
    const [found] = await shell.shell.run(
      Type.Unknown(),
      `$all = @(Invoke-SecMgmtRequest things -First 2 -Skip 120 -IncludeTotalCount)
       @{ Count = $all[0]; Type = $all[0].GetType().Name; Accuracy = $all[0].Accuracy; Shown = $all[0].ToString(); Ids = $all[1..9].id }`,
    );
    const Shown = 'Total count: 250';
    expect(found).toEqual({ Count: expect.anything(), Type: 'UInt64', Accuracy: 1, Shown, Ids: ['120', '121'] });
  });

  test('completes the beginning of an address, and the accounts and tenants of the session', async () => {
    const completed = (text: string) =>
      shell.shell.run(Type.String(), `(TabExpansion2 ${quote(text)} ${text.length}).CompletionMatches.CompletionText`);
    expect(await completed('Invoke-SecMgmtRequest use')).toEqual(['users']);
    expect(await completed('Invoke-SecMgmtRequest /beta/directoryRole')).toEqual([
      '/beta/directoryRoles',
      '/beta/directoryRoleTemplates',
    ]);
    expect(await completed('Invoke-SecMgmtRequest -Endpoint Azure /s')).toEqual(['/subscriptions']);
    const [context] = await shell.shell.run(Context, 'Get-SecMgmtContext');
    expect(await completed('Select-SecMgmtContext -Account ')).toEqual([context?.Account.Identifier]);
    for (const cmdlet of ['Connect-SecMgmtAccount', 'Select-SecMgmtContext'])
      expect(await completed(`${cmdlet} -Tenant `)).toEqual([context?.Account.Tenant]);
  });

  test('gives objects, hashtables and text', async () => {
    const types = await shell.shell.run(
      Type.String(),
      `(Invoke-SecMgmtRequest /things/1).PSObject.TypeNames[0]
       (Invoke-SecMgmtRequest /things/1 -OutputType hashtable).GetType().Name
       Invoke-SecMgmtRequest /things/1 -OutputType Json`,
    );
    expect(types).toEqual(['System.Management.Automation.PSCustomObject', 'Hashtable', '{"id":"1","n":1}']);
  });

  test('sends what PowerShell has as a body: a hashtable with all that can be in one', async () => {
    entra.graph.collections.set('/v1.0/made', { items: [] });
    const made = await shell.record(
      `Invoke-SecMgmtRequest made -Method Post -Body @{ a = 1; b = @($true, $null); c = [ordered] @{ d = [pscustomobject] @{ e = 'ü' } }
        l = 9007199254740993; when = [datetime]::new(2026, 5, 1, 0, 0, 0, [System.DateTimeKind]::Utc); s = (ConvertTo-SecureString 'in~body' -AsPlainText -Force) }`,
    );
    expect(made.texts('error')).toEqual([]);
    const body: unknown = JSON.parse(
      entra.log.to('/made')[0]?.request.body.toString().replace('9007199254740993', '"long"') ?? '',
    );
    expect(body).toEqual({
      a: 1,
      b: [true, null],
      c: { d: { e: 'ü' } },
      l: 'long',
      when: '2026-05-01T00:00:00.0000000Z',
      s: 'in~body',
    });
  });

  test('asks before it changes something, and a preview changes nothing', async () => {
    const shown = await shell.shell.show('Invoke-SecMgmtRequest /things/5 -Method DELETE -WhatIf');
    expect(shown.replaceAll(/\s+/g, ' ')).toContain(
      'What if: Performing the operation "DELETE as adele@contoso.example" on target "https://graph.microsoft.com/v1.0/things/5".',
    );
    expect(entra.log.exchanges).toEqual([]);
    const recorded = await shell.record('Invoke-SecMgmtRequest /things/5 -Method DELETE');
    expect(recorded.written).toEqual([]);
    expect(entra.log.requests()).toEqual(['DELETE graph.microsoft.com/v1.0/things/5']);
  });

  test('reads and writes files by the location of PowerShell', async () => {
    const script = `
      Push-Location ~
      'text/plain' > type.txt
      [System.IO.File]::WriteAllText("$HOME/in.txt", 'from a file')
      Invoke-SecMgmtRequest /upload -Method PUT -InputFilePath ./in.txt -ContentType text/plain
      Invoke-SecMgmtRequest /things/7 -OutFile ~/out.json
      Get-Content -Raw ./out.json
      try { Invoke-SecMgmtRequest /things/7 -OutFile Env:/x } catch { $_.FullyQualifiedErrorId }
      Pop-Location`;
    entra.graph.answers.set('/v1.0/upload', ({ body }) => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body,
    }));
    expect(await shell.shell.run(Type.String(), script)).toEqual([
      'from a file',
      '{"id":"7","n":7}',
      'PathNotInFileSystem,Invoke-SecMgmtRequest',
    ]);
  });

  test('sends what comes through the pipeline in batches, and goes on after an error', async () => {
    const recorded = await shell.record(
      `@(101..145) + 'none' + 150 | ForEach-Object { "/things/$_" } | Invoke-SecMgmtRequest -Batch -ErrorAction Continue`,
    );
    expect(recorded.texts('output')).toHaveLength(46);
    expect(recorded.error).toMatchObject({
      id: 'ObjectNotFound,Invoke-SecMgmtRequest',
      target: 'GET https://graph.microsoft.com/v1.0/things/none',
      data: { ErrorCode: 'Request_ResourceNotFound', HttpStatus: '404' },
    });
    expect(entra.log.to('/$batch')).toHaveLength(3);
  });

  test('has errors that Resolve-SecMgmtError takes apart, and that end a call with an address of its own', async () => {
    const recorded = await shell.record(
      `try { Invoke-SecMgmtRequest /things/none } catch { 'caught' }; Resolve-SecMgmtError -Last | ForEach-Object { "$($_.Code) $($_.HttpStatus) $($_.RequestId)" }`,
    );
    const requestId = entra.log.to('/things/none')[0]?.response?.headers['request-id'];
    expect(recorded.texts('output')).toEqual(['caught', `Request_ResourceNotFound 404 ${requestId}`]);
  });

  test('inside of another one has the token renewed once for both, and neither waits for the other', async () => {
    const script = `Invoke-SecMgmtRequest /things | ForEach-Object { if ($_.n -in 50, 100, 249) { (Invoke-SecMgmtRequest "/things/$($_.id)").n } }`;
    const link = (next: string) => {
      // From the second page on, the service sees the tokens of before as expired.
      entra.clock.skewSeconds = 7200;
      return next;
    };
    const items = entra.graph.collections.get('/v1.0/things')?.items ?? [];
    entra.graph.collections.set('/v1.0/things', { items, nextLink: link });
    expect(await shell.shell.run(Type.Number(), script)).toEqual([50, 100, 249]);
    expect(entra.log.to('/oauth2/v2.0/token')).toHaveLength(1);
    entra.clock.skewSeconds = 0;
  });
});

async function connect(user: User): Promise<void> {
  const token = await entra.issueRefreshToken(user, commandLineClientId);
  const recorded = await shell.record(
    `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${commandLineClientId}`,
  );
  expect(recorded.texts('error')).toEqual([]);
}
