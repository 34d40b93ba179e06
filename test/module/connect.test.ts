import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPowerShell } from 'powershell-driver/process';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest } from '../../scripts/own-module.ts';
import { unsignedToken } from '../support/access-token.ts';

// Connect-SecMgmtAccount as a user calls it, against docs/sign-in.md.

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const objectId = '00aa00aa-bb11-cc22-dd33-44ee44ee44ee';
const guid = '00001111-aaaa-2222-bbbb-3333cccc4444';
const credential = `[pscredential]::new('${guid}', [System.Net.NetworkCredential]::new('', 'the-secret').SecurePassword)`;

let shell: TestShell;

beforeAll(async () => {
  // `npm test` has built it.
  shell = await startShell(manifest);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
});

const claims = {
  tid: tenant,
  oid: objectId,
  upn: 'adele@contoso.com',
  appid: guid,
  aud: 'https://graph.microsoft.com',
  exp: Math.floor(Date.now() / 1000) + 3600,
};

const ErrorShape = Type.Object({
  id: Type.String(),
  category: Type.String(),
  message: Type.String(),
  action: Type.String(),
});

async function errorOf(call: string) {
  const [error] = await shell.run(
    ErrorShape,
    `try { $null = ${call}; throw 'nothing was thrown' } catch {
      @{ id = $_.FullyQualifiedErrorId; category = "$($_.CategoryInfo.Category)"; message = $_.Exception.Message
         action = "$($_.ErrorDetails.RecommendedAction)" } }`,
  );
  return error;
}

describe('an access token', () => {
  test('connects without a network and gives a MgmtContext', async () => {
    const [context] = await shell.run(
      Type.Object({ types: Type.String(), account: Type.Unknown(), environment: Type.Unknown() }),
      `$c = Connect-SecMgmtAccount -AccessToken '${unsignedToken(claims)}' -Environment AzureUSGovernment
      @{ types = $c.PSObject.TypeNames[0]; account = $c.Account; environment = $c.Environment }`,
    );
    expect(context).toEqual({
      types: 'Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext',
      account: {
        ObjectId: objectId,
        Identifier: 'adele@contoso.com',
        Tenant: tenant,
        Type: 'AccessToken',
        ExtendedProperties: {},
      },
      environment: {
        EnvironmentName: 'AzureUSGovernment',
        ActiveDirectoryAuthority: 'https://login.microsoftonline.us/',
        AzureAdGraphEndpoint: 'https://graph.windows.net/',
        AzureEndpoint: 'https://management.usgovcloudapi.net/',
        GraphEndpoint: 'https://graph.microsoft.us/',
        ExtendedProperties: {},
      },
    });
  });

  test('is taken as a SecureString too, the form in which Get-AzAccessToken and New-SecMgmtAccessToken return one', async () => {
    const secure = (text: string) => `([System.Net.NetworkCredential]::new('', '${text}').SecurePassword)`;
    const call = `Connect-SecMgmtAccount -AccessToken ${secure(unsignedToken(claims))}`;
    expect(await shell.run(Type.String(), `(${call}).Account.ObjectId`)).toEqual([objectId]);
    expect(await errorOf(`Connect-SecMgmtAccount -AccessToken ${secure('')}`)).toMatchObject({
      id: 'ParameterArgumentValidationError,Connect-SecMgmtAccount',
    });
    // One that was made a text is gone: the error says what to pass.
    const lost = await errorOf(`Connect-SecMgmtAccount -AccessToken "$${secure(unsignedToken(claims))}"`);
    expect(lost?.message).toContain("it is the text 'System.Security.SecureString'");
  });

  test('shows as a table of account, environment and tenant, and nothing of the token', async () => {
    const shown = await shell.show(`Connect-SecMgmtAccount -AccessToken '${unsignedToken(claims)}' | Out-Default`);
    expect(shown).toMatch(/^\s*Account +Environment +TenantId\s*$/m);
    // A screen of 80 columns cuts the last column, and the formatter says so with an ellipsis.
    expect(shown).toMatch(new RegExp(`^${objectId} +AzureCloud +${tenant.slice(0, 15)}`, 'm'));
    expect(shown).not.toContain('eyJ');
  });

  test.each([
    ['expired', unsignedToken({ ...claims, exp: 1_700_000_000 }), 'ExpiredAccessToken', 'AuthenticationError'],
    ['of two parts', 'abc.def', 'MalformedAccessToken', 'InvalidData'],
    ['not JSON inside', 'aaaa.bbbb.cccc', 'MalformedAccessToken', 'InvalidData'],
    ['without a tenant', unsignedToken({ ...claims, tid: undefined }), 'MalformedAccessToken', 'InvalidData'],
  ])('that is %s is refused', async (_name, text, id, category) => {
    const error = await errorOf(`Connect-SecMgmtAccount -AccessToken '${text}'`);
    expect(error).toMatchObject({ id: `${id},Connect-SecMgmtAccount`, category });
    expect(error?.message).toContain(error?.action);
    expect(error?.message).not.toContain(text);
  });
});

test('what a token says of itself reaches the terminal as text that is seen', async () => {
  const hostile = unsignedToken({ ...claims, upn: '\u001b[2Jadele\u202e@contoso.com\r' });
  const [identifier] = await shell.run(
    Type.String(),
    `(Connect-SecMgmtAccount -AccessToken '${hostile}').Account.Identifier`,
  );
  expect(identifier).toBe('`u{1b}[2Jadele`u{202e}@contoso.com`u{d}');
  const preview = await shell.show(`Connect-SecMgmtAccount -AccessToken '${hostile}' -WhatIf`);
  expect(preview.replaceAll(/\s+/g, ' ')).toContain('account `u{1b}[2Jadele`u{202e}@contoso.com`u{d}, client id');
  const error = await errorOf(
    `Connect-SecMgmtAccount -AccessToken '${unsignedToken({ ...claims, tid: '../../evil' })}'`,
  );
  expect(error).toMatchObject({ id: 'MalformedAccessToken,Connect-SecMgmtAccount' });
  expect(error?.message).not.toContain('evil');
});

test.each([
  ['a bad GUID', `-ApplicationId nope -RefreshToken r`, 'InvalidApplicationId', 'InvalidArgument'],
  ['a SecureString as text', `-AccessToken "$([securestring]::new())"`, 'MalformedAccessToken', 'InvalidData'],
  [
    'a SecureString as the text of a refresh token',
    `-ApplicationId ${guid} -RefreshToken "$([securestring]::new())"`,
    'MalformedRefreshToken',
    'InvalidData',
  ],
  ['a tenant that is a path', `-Tenant 'a/../b'`, 'InvalidTenant', 'InvalidArgument'],
  ['an empty tenant', `-Tenant ''`, 'ParameterArgumentValidationError', 'InvalidData'],
  ['an unknown environment', `-Environment Mars`, 'ParameterArgumentTransformationError', 'InvalidData'],
  ['two sets mixed', `-AccessToken a -UseDeviceAuthentication`, 'AmbiguousParameterSet', 'InvalidArgument'],
  ['no set that matches', `-ServicePrincipal`, 'AmbiguousParameterSet', 'InvalidArgument'],
  [
    'a thumbprint that is none',
    `-ApplicationId ${guid} -CertificateThumbprint 12 -Tenant a.b`,
    'InvalidCertificateThumbprint',
    'InvalidArgument',
  ],
  [
    'the tenant of any user for an application',
    `-Credential (${credential}) -ServicePrincipal -Tenant common`,
    'TenantRequired',
    'InvalidArgument',
  ],
])('%s ends in its own error', async (_name, parameters, id, category) => {
  const error = await errorOf(`Connect-SecMgmtAccount ${parameters}`);
  expect(error).toMatchObject({ id: `${id},Connect-SecMgmtAccount`, category });
});

describe('-WhatIf', () => {
  const preview = (parameters: string) => shell.show(`Connect-SecMgmtAccount ${parameters} -WhatIf`);

  test.each([
    [
      '',
      ['interactively', 'organizations', 'https://login.microsoftonline.com/', '04b07795-8ddb-461a-bbee-02f9e1bf7b46'],
    ],
    [
      '-Device -Environment AzureChinaCloud -Domain contoso.cn',
      ['device code', 'contoso.cn', 'login.chinacloudapi.cn'],
    ],
    [`-ApplicationId '{${guid}}' -RefreshToken refresh-secret`, ['refresh token', guid]],
    [`-Credential (${credential}) -ServicePrincipal -TenantId ${tenant}`, ['client secret', guid, tenant]],
    [
      `-ApplicationId ${guid} -CertificateThumbprint ${'ab'.repeat(20)} -Tenant ${tenant}`,
      [`certificate ${'AB'.repeat(20)}`, guid],
    ],
  ])('of %s says how, where and as whom, and tells no secret', async (parameters, facts) => {
    const shown = (await preview(parameters)).replaceAll(/\s+/g, ' ');
    expect(shown).toMatch(/^What if: Performing the operation "/);
    expect(shown).toContain('/.default');
    for (const fact of facts) expect(shown).toContain(fact);
    expect(shown).not.toMatch(/the-secret|refresh-secret/);
  });

  test.each([
    ['contoso', 'tenant contoso of AzureCloud'],
    ['contoso.example', 'tenant contoso.example of AzureCloud'],
    ['Organizations', 'any tenant (organizations) of AzureCloud'],
    ['common', 'any tenant (common) of AzureCloud'],
  ])('of -Tenant %s names it as it is', async (name, shown) => {
    expect((await preview(`-Tenant ${name}`)).replaceAll(/\s+/g, ' ')).toContain(`target "${shown}`);
  });

  test('of a token tells what the token says, and nothing of what it does not', async () => {
    const shown = async (token: object) =>
      (await preview(`-AccessToken '${unsignedToken(token)}'`)).replaceAll(/\s+/g, ' ');
    const how = 'Sign in with the given access token (nothing is sent)';
    const { tid, exp, oid, aud } = claims;
    expect(await shown({ tid, exp, oid, scp: 'x' })).toContain(`"${how}: account ${objectId}" on`);
    expect(await shown({ tid, exp, aud })).toContain(`"${how}: audience ${aud}" on`);
    expect(await shown({ tid, exp })).toContain(`"${how}" on`);
  });

  test('gives no context, and $WhatIfPreference does the same', async () => {
    const call = `Connect-SecMgmtAccount -AccessToken ${quote(unsignedToken(claims))}`;
    const shown = await shell.show(`$c = ${call} -WhatIf; "none: $($null -eq $c)"`);
    expect(shown).toMatch(/^What if: [\s\S]*none: True$/);
    const byPreference = await shell.show(`$c = & { $WhatIfPreference = $true; ${call} }; "none: $($null -eq $c)"`);
    expect(byPreference).toMatch(/^What if: [\s\S]*none: True$/);
  });
});

test('a token in the place of another value is in no part of the error', async () => {
  const token = '0.AXoA-refresh~token.that-was_pasted-into-the-wrong-place';
  for (const name of ['ApplicationId', 'Tenant', 'CertificateThumbprint']) {
    const values = { ApplicationId: guid, Tenant: tenant, CertificateThumbprint: 'ab'.repeat(20), [name]: token };
    const parameters = Object.entries(values).map(([parameter, value]) => `-${parameter} '${value}'`);
    const shown = await shell.show(
      `try { Connect-SecMgmtAccount ${parameters.join(' ')} } catch { $_ | Format-List * -Force | Out-String -Width 9999; "$($_.Exception)"; $_.TargetObject }`,
    );
    expect(shown).toContain(`Invalid${name},Connect-SecMgmtAccount`);
    // The engine repeats the line of the call, which here has the token in it.
    expect(shown.replaceAll(/^.*(Connect-SecMgmtAccount -App|InvocationInfo).*$/gm, '')).not.toContain('AXoA');
  }
});

test('-Confirm with nobody to ask ends the call; -Confirm:$false does not ask', async () => {
  const script = (parameters: string) =>
    `try { (Connect-SecMgmtAccount -AccessToken '${unsignedToken(claims)}' ${parameters}).Account.ObjectId } catch { $_.FullyQualifiedErrorId }`;
  expect(await shell.run(Type.String(), script('-Confirm'))).toEqual(['InvalidOperation,Connect-SecMgmtAccount']);
  expect(await shell.run(Type.String(), script('-Confirm:$false'))).toEqual([objectId]);
});

test('a closed cloud is warned of', async () => {
  const [warnings] = await shell.run(
    Type.Array(Type.String()),
    `$null = Connect-SecMgmtAccount -AccessToken '${unsignedToken(claims)}' -Environment AzureGermanCloud -WarningVariable w -WarningAction SilentlyContinue
    , @("$w")`,
  );
  expect(warnings?.[0]).toContain('AzureGermanCloud');
});

test('a token that -Confirm asks about is in no question, output or transcript, be it a text or a SecureString', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'confirm-'));
  try {
    const [file, transcript] = ['script.ps1', 'transcript'].map(name => path.join(folder, name));
    const token = unsignedToken(claims);
    const script = `$null = Start-Transcript ${quote(transcript ?? '')} -IncludeInvocationHeader
      Import-Module ${quote(manifest)}
      $token = [System.IO.File]::ReadAllText(${quote(path.join(folder, 'token'))})
      foreach ($each in $token, (ConvertTo-SecureString $token -AsPlainText -Force)) {
        (Connect-SecMgmtAccount -AccessToken $each -Confirm -Verbose -Debug *>&1 | Out-String).Replace("\`r", '').Replace("\`n", '')
      }
      (Get-SecMgmtContext -ListAvailable).Account.Identifier
      Stop-Transcript`;
    await writeFile(path.join(folder, 'token'), token);
    await writeFile(file ?? '', script);
    const { stdout, stderr } = await runPowerShell(['-File', file ?? ''], 'y\ny\n', { SECMGMT_NODE: process.execPath });
    expect(stderr).toBe('');
    expect(stdout.match(/Are you sure you want to perform this action\?/g)).toHaveLength(2);
    expect(stdout).toContain(claims.upn);
    const written = stdout + (await readFile(transcript ?? '', 'utf8'));
    // A part of it would be no better, and what stands for a SecureString means nothing to anyone.
    for (const part of token.split('.').filter(text => text.length > 8)) expect(written).not.toContain(part);
    expect(written).not.toMatch(/\b[0-9A-F]{32}\b/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
