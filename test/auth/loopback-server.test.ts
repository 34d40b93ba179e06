import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LoopbackServer, listenForAnswer } from '../../src/auth/flows/loopback-server.ts';

// What an interactive sign-in listens with (RFC 8252, section 7.3, and "Security Considerations" there).

const state = 'b8f3e1b0-2f4a-4a7e-9a56-0d5f2e7c1a11';
const answer = { code: 'the-code', state };

let server: LoopbackServer;
let port: number;

beforeEach(async () => {
  server = await listenForAnswer(state);
  port = Number(new URL(server.redirectUri).port);
});

afterEach(() => server[Symbol.asyncDispose]());

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly type?: string;
  readonly body?: string;
}

/** Sends a request and gives the status and the page. */
async function send({
  method = 'POST',
  path = '/',
  host = `localhost:${port}`,
  type = 'application/x-www-form-urlencoded',
  body = '',
}: Sent): Promise<{ status: number; page: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: { host, 'content-type': type } });
    request.once('error', reject);
    request.once('response', async response => {
      resolve({ status: response.statusCode ?? 0, page: await text(response) });
    });
    request.end(body);
  });
}

const form = (fields: Record<string, string> | [string, string][]) => new URLSearchParams(fields).toString();

/** Whether the answer is still waited for: a promise that has settled wins against one that settles later. */
async function isWaiting(): Promise<boolean> {
  return (await Promise.race([server.answer, Promise.resolve('waiting')])) === 'waiting';
}

test('listens on localhost, on a port of 8400 to 8999', () => {
  expect(server.redirectUri).toBe(`http://localhost:${port}/`);
  expect(port).toBeGreaterThanOrEqual(8400);
  expect(port).toBeLessThanOrEqual(8999);
});

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find(address => address?.family === 'IPv4' && !address.internal)?.address;

test.skipIf(elsewhere === undefined)('is not there for other computers', async () => {
  const socket = connect({ port, host: elsewhere ?? '' });
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('takes the next port when one is taken', async () => {
  await using next = await listenForAnswer(state);
  expect(Number(new URL(next.redirectUri).port)).toBeGreaterThan(port);
});

test('takes the next port when another program has it on one of the addresses', async () => {
  await server[Symbol.asyncDispose]();
  const other = createServer();
  await new Promise<void>(resolve => other.listen(port, '127.0.0.1', resolve));
  try {
    await using next = await listenForAnswer(state);
    expect(Number(new URL(next.redirectUri).port)).toBeGreaterThan(port);
  } finally {
    await new Promise(resolve => other.close(resolve));
  }
});

test('takes the form with the right state', async () => {
  const replied = send({ body: form(answer) });
  expect(Object.fromEntries(await server.answer)).toEqual(answer);
  await server.reply({ succeeded: true, message: 'You are signed in as adele@contoso.example.' });
  expect(await replied).toMatchObject({ status: 200, page: expect.stringContaining('adele@contoso.example') });
});

describe('refuses, and goes on waiting:', () => {
  test.each([
    ['another state', { body: form({ ...answer, state: `${state}x` }) }, 400],
    ['a state of other case', { body: form({ ...answer, state: state.toUpperCase() }) }, 400],
    ['no state', { body: form({ code: 'the-code' }) }, 400],
    [
      'two states',
      {
        body: form([
          ['code', 'c'],
          ['state', state],
          ['state', state],
        ]),
      },
      400,
    ],
    ['an answer in the URL', { method: 'GET', path: `/?${form(answer)}` }, 404],
    ['GET', { method: 'GET' }, 405],
    ['another path', { path: '/other', body: form(answer) }, 404],
    ['another kind of body', { type: 'application/json', body: JSON.stringify(answer) }, 415],
    ['a form without end', { body: form({ ...answer, more: 'x'.repeat(100_000) }) }, 415],
    ['another host', { host: `attacker.example:${port}`, body: form(answer) }, 400],
    ['another port', { host: 'localhost:1', body: form(answer) }, 400],
  ])('%s', async (_, sent: Sent, status) => {
    expect((await send(sent)).status).toBe(status);
    expect(await isWaiting()).toBe(true);
  });
});

describe('an address that redirects to the sign-in page', () => {
  const page = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?state=secret';
  const get = (address: string) => fetch(address, { redirect: 'manual' });

  test('redirects once where it is for a command line, and then says what else there is', async () => {
    const { once, lasting } = server.redirectTo(page);
    expect((await get(once)).headers.get('location')).toBe(page);
    const again = await get(once);
    expect([again.status, again.headers.get('location')]).toEqual([410, null]);
    expect(await again.text()).toContain('PowerShell shows another one');
    for (const _ of [1, 2]) expect((await get(lasting)).headers.get('location')).toBe(page);
    expect(await isWaiting()).toBe(true);
  });

  test('is not to be guessed, nor got by a page elsewhere under a name of its own', async () => {
    const addresses = Object.values(server.redirectTo(page)).map(address => new URL(address).pathname);
    expect(new Set(addresses).size).toBe(2);
    for (const path of addresses) {
      expect(path).toMatch(/^\/[\w-]{8}$/);
      expect((await send({ method: 'GET', path, host: `attacker.example:${port}` })).status).toBe(400);
      expect((await send({ method: 'POST', path })).status).toBe(404);
      expect((await send({ method: 'GET', path: `${path}x` })).status).toBe(404);
    }
  });
});

test('takes one answer alone', async () => {
  const first = send({ body: form(answer) });
  await server.answer;
  expect((await send({ body: form({ ...answer, code: 'another' }) })).status).toBe(400);
  expect((await server.answer).get('code')).toBe('the-code');
  await server.reply({ succeeded: true, message: '' });
  await first;
});

test('shows text from elsewhere as text', async () => {
  const replied = send({ body: form(answer) });
  await server.answer;
  await server.reply({ succeeded: false, message: `<script>alert("x")</script>&amp;'` });
  const { page } = await replied;
  expect(page).not.toContain('<script');
  expect(page).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;amp;&#39;');
});

test('closes its port, and every connection with it', async () => {
  const socket = connect(port, '127.0.0.1');
  await new Promise(resolve => socket.once('connect', resolve));
  const closed = new Promise(resolve => socket.once('close', resolve));
  await server[Symbol.asyncDispose]();
  await closed;
  await expect(send({ body: form(answer) })).rejects.toThrow('ECONNREFUSED');
});

/** Posts the right answer, or gets a path, as another user of this computer; gives the status. */
async function sendAs(uid: number, path?: string): Promise<number> {
  const script = `const [port, body, path] = process.argv.slice(1);
    require('node:http').request({ host: '127.0.0.1', port, path: path ?? '/', method: path ? 'GET' : 'POST', headers: {
      host: 'localhost:' + port, 'content-type': 'application/x-www-form-urlencoded' } }, answer => {
      console.log(answer.statusCode);
      answer.resume();
    }).end(path ? undefined : body);`;
  const child = spawn(process.execPath, ['-e', script, String(port), form(answer), ...(path ? [path] : [])], {
    uid,
    gid: uid,
    cwd: '/',
    env: {},
  });
  return Number(await text(child.stdout));
}

// Only root may start a process of another user.
test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'takes nothing from another user of this computer, and still the answer of its own',
  async () => {
    expect(await sendAs(1234)).toBe(403);
    const { once } = server.redirectTo('https://login.microsoftonline.com/');
    expect(await sendAs(1234, new URL(once).pathname)).toBe(403);
    expect((await fetch(once, { redirect: 'manual' })).status).toBe(302);
    expect(await isWaiting()).toBe(true);
    const sent = send({ body: form(answer) });
    expect((await server.answer).get('code')).toBe('the-code');
    await server.reply({ succeeded: true, message: 'here' });
    expect((await sent).status).toBe(200);
  },
);
