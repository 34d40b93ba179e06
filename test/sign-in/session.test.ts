import { createClientCertificate } from 'fake-entra/client-certificate';
import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Context, expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Who is connected, for as long as the session lasts.

let entra: Entra;
let shell: SignInShell;
let adele: User;
let megan: User;

beforeAll(async () => {
  entra = await startEntra();
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  adele = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
  megan = entra.directory.addUser({ tenantId, userPrincipalName: 'megan@contoso.example' });
  shell = await startSignInShell(entra);
});

afterAll(async () => {
  expectNoSecrets(entra);
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

async function connect(user: User) {
  const token = await entra.issueRefreshToken(user, commandLineClientId);
  return shell.record(`Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${commandLineClientId}`);
}

async function identifier(call = 'Get-SecMgmtContext'): Promise<string | undefined> {
  const recorded = await shell.record(call);
  return recorded.texts('output').length === 0 ? undefined : Value.Parse(Context, recorded.output).Account.Identifier;
}

test('nobody is connected at first', async () => {
  const recorded = await shell.record('Get-SecMgmtContext -Verbose');
  expect(recorded.texts('output')).toEqual([]);
  expect(recorded.texts('verbose')).toContain('No account is connected.');
});

test('the context is the one that connecting returned', async () => {
  const connected = (await connect(adele)).output;
  expect((await shell.record('Get-SecMgmtContext')).output).toEqual(connected);
});

test('a refresh token may be a SecureString', async () => {
  const token = await entra.issueRefreshToken(adele, commandLineClientId);
  const secure = `([System.Net.NetworkCredential]::new('', '${token}').SecurePassword)`;
  const connected = await shell.record(
    `Connect-SecMgmtAccount -RefreshToken ${secure} -ApplicationId ${commandLineClientId}`,
  );
  expect(Value.Parse(Context, connected.output).Account.Identifier).toBe(adele.userPrincipalName);
});

test('connecting again replaces it', async () => {
  await connect(megan);
  expect(await identifier()).toBe(megan.userPrincipalName);
});

test('a connect that fails leaves it as it was', async () => {
  await connect(adele);
  const failed = await shell.record(
    `Connect-SecMgmtAccount -RefreshToken 'none' -ApplicationId ${commandLineClientId}`,
  );
  expect(failed.error.id).toBe('RefreshTokenInvalid,Connect-SecMgmtAccount');
  expect(await identifier()).toBe(adele.userPrincipalName);
});

test('a preview leaves it as it was', async () => {
  await connect(adele);
  await shell.shell.show('Connect-SecMgmtAccount -WhatIf; Disconnect-SecMgmtAccount -WhatIf');
  expect(await identifier()).toBe(adele.userPrincipalName);
});

describe('the token is renewed without a question', () => {
  test('with the newest refresh token', async () => {
    entra.settings.usedRefreshTokens = 'refused';
    await connect(adele);
    entra.log.clear();
    expect(await identifier('Get-SecMgmtContext -Refresh')).toBe(adele.userPrincipalName);
    expect(await identifier('Get-SecMgmtContext -Refresh')).toBe(adele.userPrincipalName);
    const grants = entra.log.exchanges.map(({ request }) =>
      new URLSearchParams(request.body.toString()).get('grant_type'),
    );
    expect(grants).toEqual(['refresh_token', 'refresh_token']);
    entra.settings.usedRefreshTokens = 'accepted';
  });

  test('and not at all without -Refresh', async () => {
    entra.log.clear();
    await identifier();
    expect(entra.log.connections).toEqual([]);
  });

  test('until it is revoked: then that is told, and the account stays', async () => {
    await connect(adele);
    expect(entra.revokeRefreshTokens({ user: adele })).toBeGreaterThan(0);
    const recorded = await shell.record('Get-SecMgmtContext -Refresh');
    expect(recorded.error.id).toBe('RefreshTokenRevoked,Get-SecMgmtContext');
    expect(recorded.texts('output')).toEqual([]);
    expect(await identifier()).toBe(adele.userPrincipalName);
  });

  test('of an application, by signing in again', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'own~secret' }] });
    const { id } = entra.directory.tenantOf('AzureCloud');
    await shell.record(
      `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} 'own~secret') -Tenant ${id}`,
    );
    entra.log.clear();
    expect(await identifier('Get-SecMgmtContext -Refresh')).toBe(clientId);
    expect(entra.log.to('/oauth2/v2.0/token')).toHaveLength(1);
  });
});

describe('Disconnect-SecMgmtAccount', () => {
  test('forgets the account, returns nothing and asks nobody', async () => {
    await connect(adele);
    entra.log.clear();
    expect((await shell.record('Disconnect-SecMgmtAccount')).written).toEqual([]);
    expect(await identifier()).toBeUndefined();
    expect(entra.log.connections).toEqual([]);
  });

  test('ends the core with the last account, and not before', async () => {
    const cores = `@((Get-Process).Where{ $_.Parent.Id -eq $PID -and $_.CommandLine -like '*core.mjs*' }).Count`;
    await connect(adele);
    await connect(megan);
    const { written } = await shell.record(
      `Get-SecMgmtContext -ListAvailable | Select-Object -First 1 | Disconnect-SecMgmtAccount; ${cores}
      Get-SecMgmtContext -ListAvailable | Disconnect-SecMgmtAccount; ${cores}
      Get-SecMgmtContext -ListAvailable; ${cores}`,
    );
    expect(written.map(({ text }) => text)).toEqual(['1', '0', '1']);
  });

  test('does nothing when nobody is connected', async () => {
    await shell.record('Get-SecMgmtContext -ListAvailable | Disconnect-SecMgmtAccount');
    const recorded = await shell.record('Disconnect-SecMgmtAccount -Verbose');
    expect(recorded.texts('error')).toEqual([]);
    expect(recorded.texts('verbose')).toContain('No account is connected.');
  });
});

test('calls that succeed leave $Error empty', async () => {
  const token = await entra.issueRefreshToken(adele, commandLineClientId);
  const certificate = await createClientCertificate();
  await shell.install(certificate);
  const { clientId } = entra.directory.addApplication({
    secrets: [{ value: 'error~secret' }],
    certificates: [certificate],
  });
  const { id } = entra.directory.tenantOf('AzureCloud');
  const application = `-ServicePrincipal -Credential (New-ClientCredential ${clientId} 'error~secret') -Tenant ${id}`;
  const calls = [
    `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${commandLineClientId}`,
    `Connect-SecMgmtAccount ${application}`,
    'Get-SecMgmtContext -Refresh',
    `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${id}`,
    'Connect-SecMgmtAccount -UseDeviceAuthentication',
    'Disconnect-SecMgmtAccount',
  ];
  const approved = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, adele));
  // A proxy of .NET that cannot say for which address it is, is none: that is no error of the call either.
  await shell.record(
    `class FailingProxy : System.Net.IWebProxy {
      [System.Net.ICredentials] $Credentials
      [uri] GetProxy([uri] $to) { throw 'no' }
      [bool] IsBypassed([uri] $to) { throw 'no' }
    }
    $global:ProxyBefore = [System.Net.Http.HttpClient]::DefaultProxy
    [System.Net.Http.HttpClient]::DefaultProxy = [FailingProxy]::new()
    $global:Error.Clear()`,
  );
  for (const call of calls) expect((await shell.record(call)).texts('error')).toEqual([]);
  await approved;
  expect((await shell.record('$global:Error.ForEach({ "$_" })')).texts('output')).toEqual([]);
  await shell.record('[System.Net.Http.HttpClient]::DefaultProxy = $global:ProxyBefore');
});

describe('Several accounts', () => {
  const all = `Get-SecMgmtContext -ListAvailable | ForEach-Object { $_.Account.Identifier }`;
  const me = `(Invoke-SecMgmtRequest /me).id`;
  const texts = async (script: string) => (await shell.record(script)).texts('output');

  beforeAll(async () => {
    await shell.record('Get-SecMgmtContext -ListAvailable | Disconnect-SecMgmtAccount');
    await connect(adele);
    await connect(megan);
  });

  test('are listed as they were connected, and the last one is selected', async () => {
    expect(await texts(all)).toEqual([adele.userPrincipalName, megan.userPrincipalName]);
    expect(await texts(me)).toEqual([megan.objectId]);
  });

  test('are chosen for one call by -Context', async () => {
    const script = `Get-SecMgmtContext -ListAvailable | ForEach-Object { (Invoke-SecMgmtRequest /me -Context $_).id }`;
    expect(await texts(script)).toEqual([adele.objectId, megan.objectId]);
    expect(await identifier()).toBe(megan.userPrincipalName);
  });

  test('are selected for the session by name, by object id, or by their context', async () => {
    await shell.record(`Select-SecMgmtContext -Account ${adele.userPrincipalName.toUpperCase()}`);
    expect(await texts(me)).toEqual([adele.objectId]);
    await shell.record(`Select-SecMgmtContext -Account ${megan.objectId} -Tenant ${megan.tenantId}`);
    expect(await texts(me)).toEqual([megan.objectId]);
    expect(await identifier(`(Get-SecMgmtContext -ListAvailable)[0] | Select-SecMgmtContext`)).toBe(
      adele.userPrincipalName,
    );
    expect(await texts(me)).toEqual([adele.objectId]);
  });

  test('complete, those of one tenant or one account where it is named', async () => {
    const completed = async (parameters: string) => {
      const text = quote(`Select-SecMgmtContext ${parameters} `);
      // Where there is nothing, PowerShell completes the names of files.
      const results = `(TabExpansion2 ${text} ${text.length - 2}).CompletionMatches`;
      return await texts(`${results} | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText`);
    };
    const both = [adele.userPrincipalName, megan.userPrincipalName];
    expect(await completed('-Account')).toEqual(both);
    expect(await completed(`-Tenant ${megan.tenantId.toUpperCase()} -Account`)).toEqual(both);
    expect(await completed('-Tenant contoso.example -Account')).toEqual([]);
    for (const account of [megan.userPrincipalName, megan.objectId])
      expect(await completed(`-Account ${account} -Tenant`)).toEqual([megan.tenantId]);
    expect(await completed('-Account nobody@contoso.example -Tenant')).toEqual([]);
  });

  test('that are not there cannot be selected, and the one before stays', async () => {
    for (const call of ['-Account nobody@contoso.example', `-Account ${megan.objectId} -Tenant contoso.example`]) {
      const { error } = await shell.record(`Select-SecMgmtContext ${call}`);
      expect(error.id).toBe('AccountNotConnected,Select-SecMgmtContext');
    }
    expect(await texts(me)).toEqual([adele.objectId]);
  });

  test('are one where the same account is connected again', async () => {
    await connect(megan);
    expect(await texts(all)).toEqual([adele.userPrincipalName, megan.userPrincipalName]);
  });

  test('are disconnected one by one, and none takes the place of the one that was selected', async () => {
    await shell.record('Disconnect-SecMgmtAccount');
    expect(await texts(all)).toEqual([adele.userPrincipalName]);
    expect(await identifier()).toBeUndefined();
    const { error } = await shell.record('Invoke-SecMgmtRequest /me');
    expect(error.id).toBe('NotConnected,Invoke-SecMgmtRequest');
    await shell.record(`Select-SecMgmtContext -Account ${adele.userPrincipalName}`);
    await connect(megan);
    await shell.record('(Get-SecMgmtContext -ListAvailable)[0] | Disconnect-SecMgmtAccount');
    expect(await texts(all)).toEqual([megan.userPrincipalName]);
    expect(await identifier()).toBe(megan.userPrincipalName);
  });

  test('are chosen by a context from a file or a job, which stays as it was', async () => {
    const script = `$context = (Get-SecMgmtContext -ListAvailable)[0]
      $restored = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($context, 3))
      (Select-SecMgmtContext $restored).Account.Identifier
      ($restored | Select-SecMgmtContext).Account.Identifier
      $restored.PSObject.TypeNames[0]`;
    const name = 'Deserialized.Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext';
    const [first, piped, type] = await texts(script);
    expect([first, piped, type]).toEqual([first, first, name]);
    expect(first).toContain('@');
  });

  test('a context that a script has changed is refused, and the member named', async () => {
    const { error } = await shell.record(
      "$context = Get-SecMgmtContext; $context.Account.Type = 'Robot'; Select-SecMgmtContext $context",
    );
    expect(error).toMatchObject({ id: 'ObjectNotAsDeclared,Select-SecMgmtContext', category: 'InvalidArgument' });
    expect(error.message).toContain('its property Account.Type must');
  });

  test('a context of an account that has been disconnected is refused', async () => {
    const { error } = await shell.record(
      '$context = Get-SecMgmtContext; Disconnect-SecMgmtAccount; Invoke-SecMgmtRequest /me -Context $context',
    );
    expect(error.id).toBe('AccountNotConnected,Invoke-SecMgmtRequest');
  });
});

test('the context tells the permissions of the token, and when it ends', async () => {
  await connect(adele);
  const script = `
    $facts = (Get-SecMgmtContext).ExtendedProperties
    @{ Scopes = @($facts.Scopes); Roles = @($facts.Roles); Minutes = [math]::Round(($facts.ExpiresOn - [datetimeoffset]::UtcNow).TotalMinutes) }`;
  expect(await shell.shell.run(Type.Unknown(), script)).toEqual([
    { Scopes: ['DeviceManagementManagedDevices.Read.All', 'User.Read'], Roles: [], Minutes: 60 },
  ]);
  const { clientId } = entra.directory.addApplication({
    secrets: [{ value: 'roles~secret' }],
    applicationPermissions: ['User.Read.All'],
  });
  const { id } = entra.directory.tenantOf('AzureCloud');
  await shell.record(
    `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} 'roles~secret') -Tenant ${id}`,
  );
  expect(await shell.shell.run(Type.Unknown(), script)).toEqual([
    { Scopes: [], Roles: ['User.Read.All'], Minutes: 60 },
  ]);
});

test('each runspace has an account of its own', async () => {
  await connect(adele);
  const script = `
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.Open()
    $other = [powershell]::Create($runspace)
    try {
        $other.AddScript("Import-Module '$((Get-Module SecMgmt).Path)'; @(Get-SecMgmtContext).Count").Invoke()
    } finally { $other.Dispose(); $runspace.Dispose() }`;
  expect(await shell.shell.run(Type.Number(), script)).toEqual([0]);
  expect(await identifier()).toBe(adele.userPrincipalName);
});
