import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fetch, ProxyAgent } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandLineClientId } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { environmentNames, environments } from '../src/environments.ts';
import { type Fault, garbage, serverError, tooManyRequests } from '../src/faults.ts';
import { PageVisitor } from '../src/page-visitor.ts';
import { WireClient } from '../src/wire-client.ts';

let entra: Entra;
let wire: WireClient;
const configuration = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';

beforeEach(async () => {
  entra = await startEntra();
  wire = new WireClient(entra);
});

afterEach(async () => {
  expect(entra.failures).toEqual([]);
  await wire[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

describe('The proxy', () => {
  test('lets through to the five authorities and no other host, and logs both', async () => {
    for (const name of environmentNames) {
      const { authority } = environments[name];
      expect((await wire.get(`https://${authority}/common/discovery/v2.0/keys`)).status).toBe(200);
    }
    for (const host of ['login.live.com', 'graph.windows.net', 'dc.services.visualstudio.com']) {
      await expect(wire.get(`https://${host}/`)).rejects.toThrow();
      expect(entra.log.connections.at(-1)).toEqual({ host, outcome: 'not allowed' });
    }
    expect(entra.log.hosts()).toHaveLength(8);
  });

  test('answers no plain http', async () => {
    const agent = new ProxyAgent({ uri: entra.proxyUrl, proxyTunnel: false });
    const answer = await fetch('http://login.microsoftonline.com/', { dispatcher: agent });
    expect(answer.status).toBe(403);
    await agent.close();
    expect(entra.log.connections).toEqual([{ host: 'login.microsoftonline.com', outcome: 'not allowed' }]);
  });

  test('shows a certificate that only who trusts the test CA takes', async () => {
    const agent = new ProxyAgent(entra.proxyUrl);
    await expect(fetch(configuration, { dispatcher: agent })).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE/) },
    });
    await agent.close();
    expect(entra.log.requests()).toEqual([]);
  });

  test('is all a child process needs in its environment', async () => {
    const script = `
      import { EnvHttpProxyAgent, fetch } from 'undici';
      const answer = await fetch(${JSON.stringify(configuration)}, { dispatcher: new EnvHttpProxyAgent() });
      process.stdout.write(String(answer.status));
      process.exit();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...entra.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(await text(child.stdout)).toBe('200');
    expect(entra.log.requests()).toEqual([`GET ${configuration.replace('https://', '')}`]);
  });
});

describe('A fault', () => {
  test.each<[string, Fault, number]>([
    ['429', tooManyRequests(7), 429],
    ['503', serverError(), 503],
    ['a page instead of JSON', garbage(), 200],
  ])('answers %s as often as it is asked to, and then no more', async (_what, fault, status) => {
    const placed = entra.faults.add({ path: '/openid-configuration', times: 2, fault });
    for (let round = 0; round < 2; round += 1) expect((await wire.get(configuration)).status).toBe(status);
    await placed.reached(2);
    expect((await wire.get(configuration)).body).toHaveProperty('issuer');
    expect(placed.hits).toBe(2);
  });

  test('says when to come again', async () => {
    entra.faults.add({ fault: tooManyRequests(7) });
    expect((await wire.get(configuration)).headers.get('retry-after')).toBe('7');
  });

  test.each<[string, Fault]>([
    ['refuse', { kind: 'refuse' }],
    ['reset', { kind: 'reset' }],
    ['untrusted certificate', { kind: 'untrusted certificate' }],
    ['drop', { kind: 'drop' }],
  ])('of kind %s leaves the client without an answer, at its own host alone', async (_kind, fault) => {
    entra.faults.add({ host: 'login.microsoftonline.com', fault });
    await expect(wire.get(configuration)).rejects.toThrow();
    const elsewhere = configuration.replace('login.microsoftonline.com', 'login.microsoftonline.us');
    expect((await wire.get(elsewhere)).status).toBe(200);
  });

  test('of kind hang is seen when the client gives up', async () => {
    const placed = entra.faults.add({ fault: { kind: 'hang' } });
    const agent = new ProxyAgent({ uri: entra.proxyUrl, requestTls: { ca: entra.caPem } });
    const giveUp = new AbortController();
    const answer = fetch(configuration, { dispatcher: agent, signal: giveUp.signal });
    await placed.reached();
    const ended = entra.log.next();
    giveUp.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(await ended).toMatchObject({ fault: 'hang', abandoned: true });
    await agent.destroy();
  });

  test('of kind hold answers when the test says so', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const placed = entra.faults.add({ fault: { kind: 'hold', until: promise } });
    const answer = wire.get(configuration);
    await placed.reached();
    expect(entra.log.exchanges).toMatchObject([{ fault: 'hold' }]);
    expect(entra.log.exchanges[0]).not.toHaveProperty('response');
    resolve();
    expect((await answer).status).toBe(200);
  });
});

describe('The secrets in use', () => {
  test('are all that went over the wire in a sign-in, and the directory’s own', async () => {
    const tenant = entra.directory.tenantOf('AzureCloud');
    const user = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'ada@contoso.example' });
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'the application’s own' }] });
    await using visitor = new PageVisitor(entra);
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      response_mode: 'form_post',
      redirect_uri: 'http://localhost:8400',
      scope: 'https://graph.microsoft.com/.default openid offline_access',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const page = await visitor.open(`https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${query}`);
    const done = await visitor.submit(page, { login: user.userPrincipalName, passwd: user.password });
    const code = done.form?.fields.code ?? '';
    const redeemed = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: 'the application’s own',
      redirect_uri: 'http://localhost:8400',
      code,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    };
    const { body } = await wire.token('organizations', redeemed);
    const found = entra.secretsInUse();
    const values = found.map(({ value }) => value);
    for (const token of ['access_token', 'refresh_token', 'id_token']) expect(values).toContain(body[token]);
    for (const value of [code, redeemed.client_secret, redeemed.code_verifier, user.password]) {
      expect(values).toContain(value);
    }
    expect(values).not.toContain(clientId);
    entra.log.clear();
    expect([entra.log.hosts(), entra.log.requests()]).toEqual([[], []]);
    expect(entra.secretsInUse()).toEqual(found);
  });

  test('are device codes and assertions as well', async () => {
    const form = { client_id: commandLineClientId, scope: 'https://graph.microsoft.com/.default' };
    const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode';
    const { body } = await wire.post(url, form);
    await wire.token('organizations', { ...form, grant_type: 'client_credentials', client_assertion: 'a.b.c' });
    expect(entra.secretsInUse()).toEqual([
      { name: 'device_code', value: body.device_code },
      { name: 'client_assertion', value: 'a.b.c' },
    ]);
  });
});

test('At its end nothing is left: no file, and nobody at the port', async () => {
  const own = await startEntra();
  expect(await readFile(own.caFile, 'utf8')).toBe(own.caPem);
  const client = new WireClient(own);
  expect((await client.get(configuration)).status).toBe(200);
  await own[Symbol.asyncDispose]();
  await expect(access(own.caFile)).rejects.toThrow('ENOENT');
  await expect(fetch(own.proxyUrl)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await client[Symbol.asyncDispose]();
});

test('Two of them know nothing of each other', async () => {
  await using other = await startEntra();
  await using client = new WireClient(other);
  const url = `https://login.microsoftonline.com/${entra.directory.tenantOf('AzureCloud').id}/v2.0/.well-known/openid-configuration`;
  expect((await wire.get(url)).status).toBe(200);
  expect((await client.get(url)).body).toMatchObject({ error_codes: [90002] });
});
