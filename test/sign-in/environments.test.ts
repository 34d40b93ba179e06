import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { environmentNames, environments } from 'fake-entra/environments';
import { PageVisitor } from 'fake-entra/page-visitor';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { Context, expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Every parameter set in every cloud, from a call in PowerShell to the context that it returns. The authority checks the
// secret, the assertion's signature, the PKCE verifier and the scope, and the proxy's log tells which hosts were asked.

let entra: Entra;
let browser: SystemBrowser;
let shell: SignInShell;
let certificate: ClientCertificate;

beforeAll(async () => {
  [entra, browser, certificate] = await Promise.all([startEntra(), startSystemBrowser(), createClientCertificate()]);
  shell = await startSignInShell(entra, browser.environment);
  await shell.install(certificate);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

describe.each(environmentNames)('%s', name => {
  const cloud = environments[name];
  const endpoints = {
    EnvironmentName: name,
    ActiveDirectoryAuthority: `https://${cloud.authority}/`,
    AzureAdGraphEndpoint: `https://${cloud.directoryGraph}/`,
    AzureEndpoint: `https://${cloud.management}/`,
    GraphEndpoint: `https://${cloud.graph}/`,
  };
  let tenantId = '';
  let user: User;

  beforeAll(() => {
    tenantId = entra.directory.tenantOf(name).id;
    user = entra.directory.addUser({ tenantId, userPrincipalName: `adele@${name.toLowerCase()}.example` });
    entra.settings.deviceCodeInterval = 1;
  });

  /** Runs a call while `meanwhile` does what a person does, and checks the context and who was asked. */
  async function expectContext(
    call: string,
    account: { ObjectId: string; Identifier: string; Type: string },
    meanwhile: Promise<unknown> = Promise.resolve(),
  ): Promise<void> {
    entra.log.clear();
    const [recorded] = await Promise.all([shell.record(`${call} -Environment ${name}`), meanwhile]);
    const context = Value.Parse(Context, recorded.output);
    expect(context.Account).toMatchObject({ ...account, Tenant: tenantId });
    expect(context.Environment).toMatchObject(endpoints);
    expect(entra.log.hosts()).toEqual([cloud.authority]);
    expect(entra.failures).toEqual([]);
    const warnings = recorded.texts('warning').filter(text => text.includes('closed'));
    expect(warnings).toHaveLength(name === 'AzureGermanCloud' ? 1 : 0);
  }

  const asUser = () => ({ ObjectId: user.objectId, Identifier: user.userPrincipalName, Type: 'User' });

  test.runIf(process.platform === 'linux')('User: interactively in the browser', async () => {
    const person = browser.nextPage().then(async url => {
      await using visitor = new PageVisitor(entra);
      return await visitor.signIn(url, user);
    });
    await expectContext('Connect-SecMgmtAccount', asUser(), person);
    expect((await person).html).toContain(`You are signed in as ${user.userPrincipalName}.`);
  });

  test('User: with a device code', async () => {
    const person = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, user));
    await expectContext('Connect-SecMgmtAccount -UseDeviceAuthentication', asUser(), person);
  });

  test('RefreshToken: of a public client', async () => {
    const token = await entra.issueRefreshToken(user, commandLineClientId);
    await expectContext(
      `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${commandLineClientId}`,
      asUser(),
    );
  });

  test('RefreshToken: with a secret', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: `refresh~${name}` }] });
    const token = await entra.issueRefreshToken(user, clientId);
    const credential = `(New-ClientCredential ${clientId} 'refresh~${name}')`;
    await expectContext(
      `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${clientId} -Credential ${credential}`,
      asUser(),
    );
  });

  test('RefreshToken: with a certificate', async () => {
    const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
    const token = await entra.issueRefreshToken(user, clientId);
    await expectContext(
      `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint}`,
      asUser(),
    );
  });

  test('ServicePrincipal', async () => {
    const { clientId, servicePrincipalId } = entra.directory.addApplication({ secrets: [{ value: `own~${name}` }] });
    await expectContext(
      `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} 'own~${name}') -Tenant ${tenantId}`,
      { ObjectId: servicePrincipalId, Identifier: clientId, Type: 'ServicePrincipal' },
    );
  });

  test('ServicePrincipalCertificate', async () => {
    const { clientId, servicePrincipalId } = entra.directory.addApplication({ certificates: [certificate] });
    await expectContext(
      `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${tenantId}`,
      { ObjectId: servicePrincipalId, Identifier: clientId, Type: 'Certificate' },
    );
  });

  test('the default table tells who, where and in which tenant', async () => {
    const shown = await shell.shell.show('Get-SecMgmtContext | Out-String -Width 160');
    const [head, , row] = shown.trim().split(/\r?\n/);
    expect(head?.trim().split(/\s+/)).toEqual(['Account', 'Environment', 'TenantId']);
    expect(head?.indexOf('Environment')).toBe(41);
    const { servicePrincipalId } = entra.directory.applications.at(-1) ?? { servicePrincipalId: '' };
    expect(row?.trim().split(/\s+/)).toEqual([servicePrincipalId, name, tenantId]);
  });

  test('-WhatIf asks nobody', async () => {
    entra.log.clear();
    const calls = ['', ' -UseDeviceAuthentication'].map(
      flow => `Connect-SecMgmtAccount${flow} -Environment ${name} -WhatIf`,
    );
    const shown = await shell.shell.show(calls.join('; '));
    expect(shown.match(/What if: /g)).toHaveLength(2);
    expect(shown).toContain(`https://${cloud.authority}/`);
    expect(entra.log.connections).toEqual([]);
  });

  test('leaves no secret in anything that was written', () => expectNoSecrets(entra));
});
