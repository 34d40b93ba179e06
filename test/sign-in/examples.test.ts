import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandLineClientId } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { startFederatedIssuer } from 'fake-entra/federated-issuer';
import { type ManagedIdentityEndpoint, startManagedIdentity } from 'fake-entra/managed-identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHelpPage } from '../../packages/ts-cmdlet/test/support/help-page.ts';
import { helpFolder } from '../../scripts/own-module.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// The examples of every page, run as a reader would, against the services on loopback. Connect-SecMgmtAccount's are run as
// previews by test/module/examples.test.ts.

const pages = (await readdir(helpFolder)).filter(
  name => /^[A-Z].*\.md$/.test(name) && !name.startsWith('Connect-SecMgmtAccount'),
);
const examples = await Promise.all(
  pages.map(async file => {
    const page = readHelpPage(await readFile(path.join(helpFolder, file), 'utf8'));
    return page.examples.map(
      ({ code }, index) => [`${path.basename(file, '.md')}, example ${index + 1}`, code] as const,
    );
  }),
);

let entra: Entra;
let endpoint: ManagedIdentityEndpoint;
let shell: SignInShell;
let before: string;
const secret = 'example~secret';
let application: string;
let tenant: string;
let refreshToken: string;

beforeAll(async () => {
  entra = await startEntra();
  const { directory, graph, settings } = entra;
  tenant = directory.tenantOf('AzureCloud').id;
  const ada = directory.addUser({ tenantId: tenant, userPrincipalName: 'ada@contoso.com' });
  const grace = directory.addUser({
    tenantId: directory.tenantOf('AzureUSGovernment').id,
    userPrincipalName: 'grace@contoso.example',
  });
  settings.autoApprove = ada;
  settings.deviceCodeInterval = 1;
  // Without a browser an example falls back to a device code, which is for public clients.
  const issuer = await startFederatedIssuer(entra);
  application = directory.addApplication({
    secrets: [{ value: secret }],
    federatedCredentials: [issuer.credential],
    publicClient: true,
  }).clientId;
  for (const version of ['v1.0', 'beta']) {
    graph.collections.set(`/${version}/users`, {
      items: [ada, grace].map(user => ({ id: user.objectId, displayName: user.displayName })),
    });
    graph.collections.set(`/${version}/groups`, { items: [] });
  }
  graph.collections.set('/subscriptions', { items: [] });
  refreshToken = await entra.issueRefreshToken(ada, application);
  const identity = directory.addApplication({ secrets: [{ value: 'identity~secret' }] });
  const assigned = directory.applications.find(({ clientId }) => clientId === application);
  endpoint = await startManagedIdentity(entra, { system: identity, ...(assigned && { user: assigned }) });
  shell = await startSignInShell(entra, { ...endpoint.appService, ...issuer.gitHub });
  await writeFile(path.join(shell.home, 'ids.txt'), `${ada.objectId}\n${grace.objectId}\n`);
  const tokens = await Promise.all([ada, grace].map(user => entra.issueRefreshToken(user, commandLineClientId)));
  // What a reader has done before: connected, in two clouds, and had an error.
  before = `
    Set-Location ~
    Get-SecMgmtContext -ListAvailable | Disconnect-SecMgmtAccount
    [void] (Connect-SecMgmtAccount -RefreshToken '${tokens[1]}' -ApplicationId ${commandLineClientId} -Environment AzureUSGovernment)
    [void] (Connect-SecMgmtAccount -RefreshToken '${tokens[0]}' -ApplicationId ${commandLineClientId})
    try { Invoke-SecMgmtRequest /users/none } catch { }`;
});

afterAll(async () => {
  expectNoSecrets(entra, endpoint.secrets);
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await endpoint?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

test('each page has examples', () => {
  expect(pages.length).toBeGreaterThan(5);
  for (const found of examples) expect(found.length).toBeGreaterThan(0);
});

describe.each(examples.flat())('%s', (name, code) => {
  test('runs without an error', async () => {
    const script = code
      .replaceAll(/^PS C:\\>\s?/gm, '')
      .replaceAll('xxxx-xxxx-xxxx-xxxx', application)
      .replaceAll('yyyy-yyyy-yyyy-yyyy', tenant)
      .replaceAll("'<refreshToken>'", `'${refreshToken}'`)
      .replaceAll('Get-Credential', `(New-ClientCredential ${application} '${secret}')`)
      // .NET does not trust the certification authority of the tests.
      .replaceAll('Invoke-RestMethod', 'Invoke-RestMethod -SkipCertificateCheck');
    const recorded = await shell.record(`${before}\n${script}`);
    // A web application signs a person in by a browser, which is not here.
    const expected = name === 'New-SecMgmtAccessToken, example 4' ? ['NoBrowser,New-SecMgmtAccessToken'] : [];
    expect(recorded.written.flatMap(({ error }) => error?.id ?? [])).toEqual(expected);
  });
});
