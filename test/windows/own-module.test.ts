import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest } from '../../scripts/own-module.ts';
import { isWineInstalled, toWindowsPath } from '../../scripts/windows/wine.ts';
import { unsignedToken } from '../support/access-token.ts';
import { startWindows, type Windows } from './windows.ts';

// SecMgmt in pwsh.exe: what a user does without a network. `npm run test:windows` has built it.

const tenant = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const objectId = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const load = `Import-Module ${quote(toWindowsPath(manifest))}`;

const token = unsignedToken({
  aud: 'https://graph.microsoft.com',
  exp: 4_102_444_800,
  oid: objectId,
  tid: tenant,
  upn: 'ada@contoso.com',
});

describe.skipIf(!isWineInstalled())('on Windows', () => {
  let windows: Windows;

  beforeAll(async () => {
    windows = await startWindows();
  });

  afterAll(() => windows?.[Symbol.asyncDispose]());

  test('an import brings the cmdlets, and their help', async () => {
    const script = `${load}
      (Get-Command -Module SecMgmt).Name
      (Get-Help Connect-SecMgmtAccount).Synopsis.Trim()
      @((Get-Help Connect-SecMgmtAccount -Full).examples.example).Count`;
    expect(await windows.run(Type.Unknown(), script)).toEqual([
      'Connect-SecMgmtAccount',
      'Connect-SecMgmtWorkload',
      'Disconnect-SecMgmtAccount',
      'Get-SecMgmtContext',
      'Invoke-SecMgmtRequest',
      'New-SecMgmtAccessToken',
      'Resolve-SecMgmtError',
      'Select-SecMgmtContext',
      'Connect to the Microsoft cloud with an authenticated account for use with the cmdlets.',
      4,
    ]);
  });

  test('-WhatIf tells of each of the five parameter sets what would be done', async () => {
    const credential = `[pscredential]::new('${tenant}', (ConvertTo-SecureString 'the-secret' -AsPlainText -Force))`;
    const calls = [
      '',
      `-AccessToken ${quote(token)}`,
      `-ApplicationId ${tenant} -RefreshToken 'the-refresh-token'`,
      `-ApplicationId ${tenant} -CertificateThumbprint ${'ab'.repeat(20)} -Tenant ${tenant} -ServicePrincipal`,
      `-Credential (${credential}) -Tenant ${tenant} -ServicePrincipal`,
    ];
    const lines = calls.map(call => `Connect-SecMgmtAccount ${call} -WhatIf`);
    const shell = await windows.start(`${load}\n${lines.join('\n')}`);
    const { stdout, exitCode } = await shell.ended;
    const previews = stdout.trimEnd().split(/\r?\n(?=What if: )/);
    expect(
      previews.map(preview => /interactively|access token|refresh token|certificate|client secret/.exec(preview)?.[0]),
    ).toEqual(['interactively', 'access token', 'refresh token', 'certificate', 'client secret']);
    expect(stdout).not.toMatch(/the-(secret|refresh-token)/);
    expect(stdout).not.toContain(token);
    expect(exitCode).toBe(0);
  });

  test('an access token gives a context, which the session keeps until it is disconnected', async () => {
    const script = `${load}
      (Connect-SecMgmtAccount -AccessToken ${quote(token)}).Account.ObjectId
      (Get-SecMgmtContext).Account.Tenant
      Disconnect-SecMgmtAccount
      try { Get-SecMgmtContext } catch { $_.FullyQualifiedErrorId }`;
    const [found, kept] = await windows.run(Type.String(), script);
    expect([found, kept]).toEqual([objectId, tenant]);
  });
});
