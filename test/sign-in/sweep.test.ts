import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClientCertificate } from 'fake-entra/client-certificate';
import { commandLineClientId } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type FederatedIssuer, startFederatedIssuer } from 'fake-entra/federated-issuer';
import { type ManagedIdentityEndpoint, startManagedIdentity } from 'fake-entra/managed-identity';
import { PageVisitor } from 'fake-entra/page-visitor';
import type { Secret } from 'fake-entra/secrets';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePart, unsignedToken } from '../support/access-token.ts';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Whatever a call had in secret, or the authority gave it, is nowhere to be found afterwards, or beside the call.

let entra: Entra;
let endpoint: ManagedIdentityEndpoint;
let issuer: FederatedIssuer;
let browser: SystemBrowser;
let shell: SignInShell;
let temp: string;
const secret = 'Ab1~client-secret.value_Z9';
const wrongSecret = 'Cd2~wrong-secret.value_Y8';
/** What makes the address of a download as good as a password. */
const downloadCode = 'Ef3-download-code_X7';
let written = '';
let processes = '';

beforeAll(async () => {
  [entra, browser, temp] = await Promise.all([
    startEntra(),
    startSystemBrowser(),
    mkdtemp(path.join(tmpdir(), 'temp-')),
  ]);
  entra.settings.deviceCodeInterval = 1;
  const identity = entra.directory.addApplication({ secrets: [{ value: 'identity~secret.value' }] });
  [endpoint, issuer] = await Promise.all([
    startManagedIdentity(entra, { system: identity }),
    startFederatedIssuer(entra),
  ]);
  shell = await startSignInShell(entra, {
    ...browser.environment,
    ...endpoint.appService,
    ...issuer.gitHub,
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
  });
  const certificate = await createClientCertificate();
  await shell.install(certificate);
  const { id: tenant } = entra.directory.tenantOf('AzureCloud');
  const user = entra.directory.addUser({ tenantId: tenant, userPrincipalName: 'adele@contoso.example' });
  const other = entra.directory.addUser({ tenantId: tenant, userPrincipalName: 'megan@contoso.example' });
  const { clientId } = entra.directory.addApplication({
    secrets: [{ value: secret }],
    certificates: [certificate],
    federatedCredentials: [issuer.credential],
  });
  const revokedToken = await entra.issueRefreshToken(other, commandLineClientId);
  entra.revokeRefreshTokens({ user: other });
  entra.foreignHosts.set('files.example', () => ({ status: 410, headers: {}, body: '' }));
  entra.graph.answers.set('/v1.0/download', () => ({
    status: 302,
    headers: { location: `https://files.example/?code=${downloadCode}` },
    body: '',
  }));
  const secretsFile = path.join(shell.home, 'secrets.json');
  const secrets = {
    clientId,
    publicClientId: commandLineClientId,
    tenant,
    thumbprint: certificate.thumbprint,
    secret,
    wrongSecret,
    accessToken: token(3600),
    expiredToken: token(-3600),
    refreshToken: await entra.issueRefreshToken(user, commandLineClientId),
    revokedToken,
    confidentialToken: await entra.issueRefreshToken(user, clientId),
  };
  await writeFile(secretsFile, JSON.stringify(secrets), { mode: 0o600 });

  const device = entra.nextDeviceCode().then(async ({ userCode }) => {
    processes = await readProcesses();
    await entra.approveDevice(userCode, user);
  });
  const page = browser.nextPage().then(async url => {
    await using visitor = new PageVisitor(entra);
    return await visitor.signIn(url, user);
  });
  const sweep = `. ${quote(path.join(import.meta.dirname, 'sweep.ps1'))}; Invoke-Sweep ${quote(secretsFile)}`;
  // Without a browser to stand in for, there the person enters a second code.
  const [texts] = await Promise.all([
    shell.shell.run(Type.String(), sweep),
    device,
    process.platform === 'linux' ? page : undefined,
  ]);
  written = [...shell.shell.screen, ...texts].join('\n');
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
  await endpoint?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
  await rm(temp, { recursive: true, force: true });
});

/** An access token that nobody issued. */
function token(seconds: number): string {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const claims = {
    tid: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    oid: '00aa00aa-bb11-cc22-dd33-44ee44ee44ee',
    upn: 'u@contoso.example',
    aud: 'a',
    exp,
  };
  return unsignedToken(claims, encodePart({ signature: exp }));
}

/** The command lines and environments of the processes that stand at work for this test: where the system tells. */
async function readProcesses(): Promise<string> {
  if (process.platform !== 'linux') return '';
  const texts: string[] = [];
  for (const id of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const [line, environment] = await Promise.all(
      ['cmdline', 'environ'].map(name => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '')),
    );
    if (environment?.includes(shell.home)) texts.push(line ?? '', environment);
  }
  return texts.join('\n');
}

async function readFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return (await Promise.all(files.map(file => readFile(path.join(file.parentPath, file.name), 'latin1')))).join('\n');
}

/** @param more secrets beside the authority's */
function secretsFoundIn(text: string, more: readonly Secret[] = [...endpoint.secrets, ...issuer.secrets]): string[] {
  const all = [
    ...more,
    ...entra.secretsInUse(),
    { name: 'secret', value: secret },
    { name: 'wrong secret', value: wrongSecret },
    { name: 'download code', value: downloadCode },
  ];
  return all.flatMap(({ name, value }) => {
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
    return forms.some(form => text.includes(form)) ? [name] : [];
  });
}

test('the sweep went through every flow and saw what each wrote', () => {
  const kinds = new Set(entra.secretsInUse().map(({ name }) => name));
  const grants = ['access_token', 'refresh_token', 'id_token', 'client_secret', 'client_assertion', 'device_code'];
  expect([...kinds]).toEqual(expect.arrayContaining(grants));
  if (process.platform === 'linux') expect([...kinds]).toEqual(expect.arrayContaining(['code', 'code_verifier']));
  expect(written.trim().endsWith('41')).toBe(true);
  for (const id of ['ExpiredAccessToken', 'MalformedAccessToken', 'ClientSecretInvalid', 'RefreshTokenRevoked']) {
    expect(written).toContain(`${id},Connect-SecMgmtAccount`);
  }
  for (const id of [
    'AudienceMismatch',
    'MissingApiVersionParameter',
    'ObjectNotFound',
    'AddressRefused',
    'HeaderRefused',
    'RequestFailed',
    'ManagedIdentityRefused,Connect-SecMgmtWorkload',
  ]) {
    expect(written).toContain(id);
  }
  expect(written).toContain('Models.Authentication.AuthResult');
  expect(written).toContain('Models.Errors.MgmtErrorRecord');
  expect(written).toContain('What if: ');
  expect(written).not.toContain('UnexpectedFault');
});

test('finds no secret in what was written', () => {
  expect(secretsFoundIn(written)).toEqual([]);
});

test('finds no access token in what was written', () => {
  expect(written).not.toContain(token(0).split('.')[0]);
});

test.runIf(process.platform === 'linux')('finds none in command lines and environments', () => {
  expect(processes).toContain('core.mjs');
  // Azure and GitHub themselves put what a workload asks with into its environment.
  expect(secretsFoundIn(processes, [])).toEqual([]);
});

test('finds none in the files that were left', async () => {
  expect(secretsFoundIn(await readFolder(shell.home))).toEqual([]);
  expect(secretsFoundIn(await readFolder(temp))).toEqual([]);
});
