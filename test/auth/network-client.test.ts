import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import tls from 'node:tls';
import { type CertificateAuthority, createCertificateAuthority } from 'fake-entra/certificate-authority';
import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { listenOnLoopback } from 'fake-entra/loopback';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { NetworkClient } from '../../src/auth/network/client.ts';
import { retryAfterMs } from '../../src/auth/network/retry-after.ts';
import { startFrontProxy } from '../sign-in/network-front-proxy.ts';

// What only a server on loopback can show, asked by the client in this process: what goes past the proxy, answers without
// end, certificates that are out of date or another host's.

const dayMs = 24 * 60 * 60 * 1000;
const trusted = tls.getCACertificates('default');
const servers = new AsyncDisposableStack();
let certificateAuthority: CertificateAuthority;
let expired: ClientCertificate;
let early: ClientCertificate;

beforeAll(async () => {
  const from = (days: number) => new Date(Date.now() + days * dayMs);
  certificateAuthority = await createCertificateAuthority();
  expired = await createClientCertificate({ name: 'localhost', notBefore: from(-9), notAfter: from(-1) });
  early = await createClientCertificate({ name: 'localhost', notBefore: from(1), notAfter: from(9) });
  const own = [certificateAuthority, expired, early].map(({ certificatePem }) => certificatePem);
  tls.setDefaultCACertificates([...trusted, ...own]);
});

afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await servers.disposeAsync();
});

/** Starts an https server on 127.0.0.1; gives its port. */
async function startServer(listener: RequestListener, options: ServerOptions): Promise<number> {
  const server = createServer(options, listener);
  servers.defer(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(() => resolve()));
  });
  return listenOnLoopback(server);
}

/** A server with a certificate for a name, whatever name it is asked by. */
async function startTrusted(listener: RequestListener, name = 'localhost'): Promise<string> {
  const context = await certificateAuthority.secureContext(name);
  const port = await startServer(listener, { SNICallback: (_name, done) => done(null, context) });
  return `https://localhost:${port}/`;
}

/** Asks; gives what came of it. Adds what it warns of to `warnings`. */
async function ask(url: string, environment: NodeJS.ProcessEnv = {}, warnings: string[] = []): Promise<unknown> {
  const call = { signal: new AbortController().signal, warn: (text: string) => void warnings.push(text), verbose() {} };
  const client = new NetworkClient(call, { environment });
  try {
    return (await client.sendGetRequestAsync(url)).body;
  } catch (error) {
    return error;
  } finally {
    await client.close();
  }
}

const answer: RequestListener = (_request, response) => response.end('{"answered":true}');
const answered = { answered: true };

describe('NO_PROXY', () => {
  test.each([
    ['localhost', 'NO_PROXY', 'HTTPS_PROXY'],
    ['contoso.com, localhost', 'NO_PROXY', 'HTTPS_PROXY'],
    ['localhost', 'no_proxy', 'https_proxy'],
    ['*', 'NO_PROXY', 'HTTPS_PROXY'],
  ])('%s in %s goes past %s', async (hosts, noProxy, httpsProxy) => {
    await using proxy = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    const url = await startTrusted(answer);
    expect(await ask(url, { [httpsProxy]: proxy.url, [noProxy]: hosts })).toEqual(answered);
    expect(proxy.asked).toEqual([]);
  });

  // As in curl, which people set these names for.
  test('the lower-case names go before the others', async () => {
    await using proxy = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    await using other = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    const url = await startTrusted(answer);
    const proxies = { HTTPS_PROXY: other.url, https_proxy: proxy.url };
    expect(await ask(url, { ...proxies, NO_PROXY: 'contoso.com', no_proxy: 'localhost' })).toEqual(answered);
    await ask(url, { ...proxies, NO_PROXY: 'localhost', no_proxy: 'contoso.com' });
    expect([proxy.asked, other.asked]).toEqual([[new URL(url).host], []]);
  });

  test.each([undefined, '', 'contoso.com', 'otherlocalhost'])('%s does not', async hosts => {
    await using proxy = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    const url = await startTrusted(answer);
    const failed = await ask(url, { HTTPS_PROXY: proxy.url, ...(hosts !== undefined && { NO_PROXY: hosts }) });
    expect(failed).toMatchObject({ code: 'AuthorityUnreachable', data: { ErrorCode: '403' } });
    expect(proxy.asked).toEqual([new URL(url).host]);
  });

  test('HTTP_PROXY is not for https', async () => {
    await using proxy = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    expect(await ask(await startTrusted(answer), { HTTP_PROXY: proxy.url })).toEqual(answered);
    expect(proxy.asked).toEqual([]);
  });
});

/** Has `setTimeout` of `node:timers/promises` wait for the test, which fake timers leave alone. */
function holdDelays(): Disposable & { readonly delays: { readonly ms: number; readonly end: () => void }[] } {
  const delays: { ms: number; end: () => void }[] = [];
  const original = timersPromises.setTimeout;
  const held = (ms: number) => new Promise<void>(resolve => delays.push({ ms, end: resolve }));
  Object.assign(timersPromises, { setTimeout: held });
  syncBuiltinESMExports();
  return {
    delays,
    [Symbol.dispose]() {
      Object.assign(timersPromises, { setTimeout: original });
      syncBuiltinESMExports();
    },
  };
}

// RFC 8628, section 3.5: "the interval MUST be increased by 5 seconds for this and all subsequent requests".
test('each slow_down has all later polls of a device code wait another five seconds', async () => {
  const answers = ['slow_down', 'slow_down', 'authorization_pending', 'expired_token'];
  let polls = 0;
  const url = await startTrusted(({ method }, response) => {
    response.end(method === 'GET' ? '{}' : JSON.stringify({ error: answers[polls++] }));
  });
  const client = new NetworkClient(
    { signal: new AbortController().signal, warn() {}, verbose() {} },
    { environment: {} },
  );
  using held = holdDelays();
  try {
    const told: string[] = [];
    for (const seconds of [0, 5, 10, 10]) {
      const before = polls;
      const poll = client.sendPostRequestAsync<{ error: string }>(url, { body: 'device_code=code' });
      if (seconds > 0) {
        await vi.waitFor(() => expect(held.delays.map(({ ms }) => ms)).toEqual([seconds * 1000]));
        // A poll that did not wait would be there before what is asked after it.
        await client.sendGetRequestAsync(url);
        expect(polls).toBe(before);
        held.delays.pop()?.end();
      }
      told.push((await poll).body.error);
    }
    // MSAL gives up at a slow_down.
    expect(told).toEqual(['authorization_pending', 'authorization_pending', 'authorization_pending', 'expired_token']);
    expect(polls).toBe(4);
  } finally {
    await client.close();
  }
});

describe('an answer', () => {
  test('without end is cut off', async () => {
    const url = await startTrusted((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(await ask(url)).toMatchObject({
      code: 'AuthorityAnswerInvalid',
      message: expect.stringContaining('too long'),
    });
  });

  test('that stops half-way is given up at the time limit', async () => {
    const url = await startTrusted((_request, response) => response.write('{"half":'));
    expect(await ask(url, { SECMGMT_HTTP_TIMEOUT: '0.3' })).toMatchObject({
      code: 'AuthorityTimeout',
      message: expect.stringContaining('did not answer within 0.3 s.'),
    });
  });

  test.each([
    ...['', 'Infinity', '1e12', '5'].map(text => [text, 0] as const),
    ...['0', '-1', 'soon', '5 s'].map(text => [text, 1] as const),
  ])('comes in time under SECMGMT_HTTP_TIMEOUT=%s, with %i warnings', async (text, count) => {
    const warnings: string[] = [];
    expect(await ask(await startTrusted(answer), { SECMGMT_HTTP_TIMEOUT: text }, warnings)).toEqual(answered);
    const warning = `The environment variable SECMGMT_HTTP_TIMEOUT is '${text}', which is no number of seconds above 0. The limit stays at 30 seconds.`;
    expect(warnings).toEqual(Array(count).fill(warning));
  });
});

describe('a certificate', () => {
  const clock = { recommendedAction: 'Check the clock of this computer.' };

  test.each([
    ['that has expired', () => expired, 'CERT_HAS_EXPIRED'],
    ['that is not yet valid', () => early, 'CERT_NOT_YET_VALID'],
  ])('%s asks to look at the clock', async (_what, certificate, code) => {
    const { certificatePem: cert, privateKeyPem: key } = certificate();
    let requests = 0;
    const port = await startServer(() => (requests += 1), { cert, key });
    expect(await ask(`https://localhost:${port}/`)).toMatchObject({
      ...clock,
      code: 'AuthorityNotTrusted',
      data: { ErrorCode: code, IsRetriable: 'False' },
    });
    expect(requests).toBe(0);
  });

  test("of another host is not the authority's", async () => {
    let requests = 0;
    const url = await startTrusted(() => (requests += 1), 'login.example');
    expect(await ask(url)).toMatchObject({
      code: 'AuthorityNotTrusted',
      data: { ErrorCode: 'ERR_TLS_CERT_ALTNAME_INVALID', IsRetriable: 'False' },
    });
    expect(requests).toBe(0);
  });
});

describe('Retry-After', () => {
  const date = 'Tue, 03 Mar 2026 10:00:00 GMT';

  test.each([
    ['120', undefined, 120_000],
    ['0', undefined, 0],
    ['Tue, 03 Mar 2026 10:02:00 GMT', date, 120_000],
    ['Tue, 03 Mar 2026 09:59:00 GMT', date, 0],
    ['soon', date, undefined],
    ['-5', date, undefined],
    ['1.5', date, undefined],
    ['', date, undefined],
    ['2026-03-03', date, undefined],
  ])('%s at %s is %s ms', (value, at, expected) => {
    expect(retryAfterMs({ 'retry-after': value, ...(at !== undefined && { date: at }) })).toBe(expected);
  });

  test('is nothing where it is not told', () => expect(retryAfterMs({ date })).toBeUndefined());
});
