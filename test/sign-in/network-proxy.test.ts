import { networkInterfaces } from 'node:os';
import { type Entra, startEntra } from 'fake-entra/entra';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFrontProxy, throughProxy, urlOfNoProxy } from './network-front-proxy.ts';
import { ApplicationSignIn, host, timedOut, unreachable } from './network-sign-in.ts';
import { expectNoSecrets, startSignInShell } from './sign-in-shell.ts';

// The proxy between people and the authority: HTTPS_PROXY as it comes. NO_PROXY is in network-client.test.ts, because
// what does not go through a proxy must not leave this computer.

let entra: Entra;
let signIn: ApplicationSignIn;

beforeAll(async () => {
  entra = await startEntra();
  signIn = new ApplicationSignIn(entra);
});

afterEach(() => {
  entra.faults.clear();
  entra.log.clear();
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await entra?.[Symbol.asyncDispose]();
});

test('a proxy that cannot reach the authority is asked three times', async () => {
  await using shell = await startSignInShell(entra);
  const refused = entra.faults.add({ fault: { kind: 'refuse' } });
  await signIn.fails(shell, unreachable('the proxy answered 502', { ErrorCode: '502', IsRetriable: 'True' }));
  expect(refused.hits).toBe(3);
  entra.faults.clear();
  await signIn.succeeds(shell);
});

test('a proxy that refuses the host is asked once', async () => {
  await using proxy = await startFrontProxy(entra, { answer: () => '403 Forbidden' });
  await using own = await startSignInShell(entra, throughProxy(proxy.url));
  await signIn.fails(own, unreachable('the proxy answered 403', { ErrorCode: '403', IsRetriable: 'False' }));
  expect(proxy.asked).toEqual([`${host}:443`]);
});

test('a proxy that is not there is named', async () => {
  const url = await urlOfNoProxy(entra);
  await using own = await startSignInShell(entra, throughProxy(url));
  const reason = `the connection to ${new URL(url).host} was refused (ECONNREFUSED)`;
  await signIn.fails(own, unreachable(reason, { ErrorCode: 'ECONNREFUSED', IsRetriable: 'True' }));
});

test('a proxy that says nothing is given up at the time limit', async () => {
  await using proxy = await startFrontProxy(entra, { answer: () => 'hang' });
  await using own = await startSignInShell(entra, { ...throughProxy(proxy.url), SECMGMT_HTTP_TIMEOUT: '1' });
  await signIn.fails(own, timedOut);
  expect(proxy.asked).toEqual([`${host}:443`]);
});

test('a proxy gets the user name and the password of HTTPS_PROXY, and nobody else sees them', async () => {
  const credentials = `Basic ${Buffer.from('ada:p@ss word').toString('base64')}`;
  await using proxy = await startFrontProxy(entra, {
    answer: ({ headers }) =>
      headers['proxy-authorization'] === credentials ? 'forward' : '407 Proxy Authentication Required',
  });

  await using without = await startSignInShell(entra, throughProxy(proxy.url));
  await signIn.fails(without, {
    ...unreachable('the proxy asks for a user name and a password, or does not take the given ones (407)', {
      ErrorCode: '407',
      IsRetriable: 'False',
    }),
    action: 'Put the user name and the password into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.',
  });
  expect(proxy.asked).toHaveLength(1);

  const url = proxy.url.replace('//', '//ada:p%40ss%20word@');
  await using own = await startSignInShell(entra, throughProxy(url));
  const { written } = await signIn.succeeds(own, '-Verbose -Debug -Confirm:$false');
  expect(JSON.stringify(written)).not.toMatch(/p@ss|p%40ss/);
  for (const { request } of entra.log.exchanges) expect(request.headers).not.toHaveProperty('proxy-authorization');
});

test('a proxy may be named without a scheme', async () => {
  await using proxy = await startFrontProxy(entra);
  await using own = await startSignInShell(entra, throughProxy(new URL(proxy.url).host));
  await signIn.succeeds(own);
  expect(proxy.asked).toEqual([`${host}:443`]);
});

test('a proxy of another kind is refused before anything is sent, and its password kept', async () => {
  await using own = await startSignInShell(entra, throughProxy('gopher://ada:hidden@127.0.0.1:70'));
  const { written } = await signIn.fails(own, {
    ...unreachable('', { IsRetriable: 'False' }),
    target: 'HTTPS_PROXY',
    message: 'HTTPS_PROXY does not name an HTTP proxy.',
    action: /^Set HTTPS_PROXY to a URL such as http:/,
  });
  expect(JSON.stringify(written)).not.toContain('hidden');
  expect(entra.log.connections).toEqual([]);
});

const hasIPv6 = Object.values(networkInterfaces()).some(addresses => addresses?.some(at => at.address === '::1'));
test.runIf(hasIPv6)('a proxy may be at an IPv6 address', async () => {
  await using proxy = await startFrontProxy(entra, { address: '::1' });
  await using own = await startSignInShell(entra, throughProxy(proxy.url));
  await signIn.succeeds(own);
  expect(proxy.asked).toEqual([`${host}:443`]);
});

test('leaves no secret in anything that was written', () => expectNoSecrets(entra));
