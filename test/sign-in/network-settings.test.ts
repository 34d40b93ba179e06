import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Entra, startEntra } from 'fake-entra/entra';
import { quote } from 'powershell-driver/session';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { urlOfNoProxy } from './network-front-proxy.ts';
import { ApplicationSignIn, host } from './network-sign-in.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// What a user sets after an error is heard by the next call of the same session, as in a compiled cmdlet. The first call
// has started the core, whose environment follows the session's.

let entra: Entra;
let signIn: ApplicationSignIn;
let gone: string;
let folder: string;

beforeAll(async () => {
  entra = await startEntra();
  signIn = new ApplicationSignIn(entra);
  gone = await urlOfNoProxy(entra);
  folder = await mkdtemp(path.join(tmpdir(), 'settings-'));
});

afterEach(() => {
  entra.faults.clear();
  entra.log.clear();
});

afterAll(async () => {
  expectNoSecrets(entra);
  expect(entra.failures).toEqual([]);
  await entra?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const none = { HTTPS_PROXY: '', https_proxy: '', HTTP_PROXY: '', http_proxy: '', ALL_PROXY: '', all_proxy: '' };

async function errorIn(shell: SignInShell): Promise<{ id: string; message: string }> {
  const { error } = await shell.record(signIn.call);
  return error;
}

test('a proxy that is set after a failure is used, and so is its change back', async () => {
  await using shell = await startSignInShell(entra, { ...none, HTTPS_PROXY: gone });
  const refused = `the connection to ${new URL(gone).host} was refused (ECONNREFUSED)`;
  expect((await errorIn(shell)).message).toContain(refused);
  await shell.shell.show(`$env:HTTPS_PROXY = ${quote(entra.proxyUrl)}`);
  await signIn.succeeds(shell);
  // The account that is connected hears it too.
  await shell.shell.show(`$env:HTTPS_PROXY = ${quote(gone)}`);
  expect((await shell.record('Get-SecMgmtContext -Refresh')).error.message).toContain(refused);
  await shell.shell.show(`$env:HTTPS_PROXY = ${quote(entra.proxyUrl)}`);
  expect((await shell.record('Get-SecMgmtContext -Refresh')).texts('error')).toEqual([]);
});

test('a certification authority and a time limit that are set after a failure are heard', async () => {
  const file = path.join(folder, 'ca.pem');
  await writeFile(file, entra.caPem);
  await using shell = await startSignInShell(entra, { NODE_EXTRA_CA_CERTS: '' });
  expect((await errorIn(shell)).id).toBe('AuthorityNotTrusted,Connect-SecMgmtAccount');
  await shell.shell.show(`$env:NODE_EXTRA_CA_CERTS = ${quote(folder)}`);
  const warned = await shell.record(signIn.call);
  expect(warned.texts('warning')).toEqual([expect.stringContaining('NODE_EXTRA_CA_CERTS names')]);
  await shell.shell.show(`$env:NODE_EXTRA_CA_CERTS = ${quote(file)}; $env:SECMGMT_HTTP_TIMEOUT = '0.5'`);
  const placed = entra.faults.add({ path: '/token', fault: { kind: 'hang' }, times: 1 });
  expect((await errorIn(shell)).message).toBe(`${host} did not answer within 0.5 s.`);
  placed.remove();
  await signIn.succeeds(shell);
});

test("the proxy of .NET's own requests is used where HTTPS_PROXY is not set, with its user and password", async () => {
  const credentials = 'corp\\ada:p@ss:w%rd';
  entra.faults.add({ fault: { kind: 'authenticate', schemes: ['Basic'], credentials } });
  await using shell = await startSignInShell(entra, none);
  await shell.shell.show(
    `$proxy = [System.Net.WebProxy]::new(${quote(entra.proxyUrl)})
     $proxy.Credentials = [System.Net.NetworkCredential]::new('ada', 'p@ss:w%rd', 'corp')
     [System.Net.Http.HttpClient]::DefaultProxy = $proxy`,
  );
  const { written } = await signIn.succeeds(shell, '-Verbose');
  expect(JSON.stringify(written)).not.toContain('p@ss');
  expect(entra.log.hosts()).toEqual([host]);
  // HTTPS_PROXY goes before it.
  await shell.shell.show(`$env:HTTPS_PROXY = ${quote(gone)}`);
  expect((await errorIn(shell)).message).toContain(new URL(gone).host);
});
