import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { commandLineClientId } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { environmentNames, environments } from 'fake-entra/environments';
import { formOf } from 'fake-entra/http-message';
import { PageVisitor } from 'fake-entra/page-visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { type SignInShell, startSignInShell } from './sign-in-shell.ts';

// What goes over the wire: what OAuth and Entra ID need for a sign-in, a correlation id, and nothing about the computer or
// what was done on it before (docs/sign-in.md: no telemetry).

// RFC 6749, RFC 7521, RFC 7636, RFC 8628, OpenID Connect Core, and Entra ID's own: `client_info`, `client-request-id` and
// `x-ms-lib-capability`, which says that Retry-After is understood.
const fields = new Set([
  'claims',
  'client-request-id',
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_info',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'device_code',
  'grant_type',
  'nonce',
  'prompt',
  'redirect_uri',
  'refresh_token',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'x-ms-lib-capability',
]);
const headers = new Set(['accept', 'connection', 'content-length', 'content-type', 'host']);

let entra: Entra;
let browser: SystemBrowser;
let shell: SignInShell;
let certificate: ClientCertificate;

beforeAll(async () => {
  [entra, browser, certificate] = await Promise.all([startEntra(), startSystemBrowser(), createClientCertificate()]);
  shell = await startSignInShell(entra, browser.environment);
  await shell.install(certificate);
  entra.settings.deviceCodeInterval = 1;
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** Fails for any request of the log with something in it that a sign-in does not need; gives the number of requests. */
function expectNothingElse(host: string): number {
  for (const { request } of entra.log.exchanges) {
    expect([...request.query.keys(), ...formOf(request).keys()].filter(name => !fields.has(name))).toEqual([]);
    expect(Object.keys(request.headers).filter(name => !headers.has(name))).toEqual([]);
    expect(request.host).toBe(host);
    for (const claims of [...request.query.getAll('claims'), ...formOf(request).getAll('claims')]) {
      // What the client can do, and nothing about who or where it is.
      expect(JSON.parse(claims).access_token).toEqual({ xms_cc: { values: ['CP1'] } });
    }
  }
  expect(entra.log.hosts()).toEqual([host]);
  expect(entra.failures).toEqual([]);
  return entra.log.exchanges.length;
}

test.each(environmentNames)('no sign-in to %s tells anything else, nor anybody else', async name => {
  const { id: tenantId } = entra.directory.tenantOf(name);
  const user = entra.directory.addUser({ tenantId, userPrincipalName: `wire@${name.toLowerCase()}.example` });
  const { clientId } = entra.directory.addApplication({
    secrets: [{ value: `wire~${name}` }],
    certificates: [certificate],
  });
  const token = await entra.issueRefreshToken(user, commandLineClientId);
  const calls = [
    `-ServicePrincipal -Credential (New-ClientCredential ${clientId} 'wire~${name}') -Tenant ${tenantId}`,
    `-ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${tenantId}`,
    `-RefreshToken '${token}' -ApplicationId ${commandLineClientId}`,
    '-UseDeviceAuthentication',
  ];
  const { authority } = environments[name];
  entra.log.clear();
  const approved = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, user));
  // What failed before is what MSAL tells of in its next request.
  const wrong = `Connect-SecMgmtAccount -RefreshToken 'not one' -ApplicationId ${commandLineClientId}`;
  const failed = await shell.record(`${wrong} -Environment ${name}`);
  expect(failed.texts('error')).toHaveLength(1);
  for (const call of calls) {
    const recorded = await shell.record(`Connect-SecMgmtAccount ${call} -Environment ${name}`);
    expect(recorded.texts('error')).toEqual([]);
  }
  await approved;
  expect(expectNothingElse(authority)).toBeGreaterThan(5);
});

test.runIf(process.platform === 'linux')('nor does the page that the browser is sent to', async () => {
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  const user = entra.directory.addUser({ tenantId, userPrincipalName: 'browser@wire.example' });
  entra.log.clear();
  const pages = browser.nextPage().then(async url => {
    await using visitor = new PageVisitor(entra);
    await visitor.signIn(url, user);
  });
  const recorded = await shell.record('Connect-SecMgmtAccount');
  expect(recorded.texts('error')).toEqual([]);
  await pages;
  // The address that the browser is opened with leads there.
  const [page] = entra.log.to('/authorize');
  expect(page?.request.host).toBe(environments.AzureCloud.authority);
  expect([...(page?.request.query.keys() ?? ['none'])].filter(name => !fields.has(name))).toEqual([]);
  const [redeemed] = entra.log.to('/token');
  expect([...(redeemed ? formOf(redeemed.request).keys() : ['none'])].filter(name => !fields.has(name))).toEqual([]);
});
