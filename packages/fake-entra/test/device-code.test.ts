import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { commandLineClientId, type Tenant, type User } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { environmentNames, environments } from '../src/environments.ts';
import { PageVisitor } from '../src/page-visitor.ts';
import { defaultSettings } from '../src/settings.ts';
import { type WireAnswer, WireClient } from '../src/wire-client.ts';

let entra: Entra;
let wire: WireClient;
let visitor: PageVisitor;
let tenant: Tenant;
let user: User;
const scope = 'https://graph.microsoft.com/.default openid profile offline_access';
const client_id = commandLineClientId;
const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';

beforeAll(async () => {
  entra = await startEntra();
  wire = new WireClient(entra);
  visitor = new PageVisitor(entra);
  tenant = entra.directory.tenantOf('AzureCloud');
  user = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'ada@contoso.example' });
});

afterEach(() => {
  vi.useRealTimers();
  Object.assign(entra.settings, defaultSettings());
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await visitor[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

const ask = (form: Record<string, string> = {}) =>
  wire.post('https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode', { client_id, scope, ...form });

async function askCode() {
  const { body } = await ask();
  return { userCode: String(body.user_code), device_code: String(body.device_code) };
}

const poll = (device_code: string, form: Record<string, string> = {}, name = 'organizations'): Promise<WireAnswer> =>
  wire.token(name, { grant_type, client_id, device_code, ...form });

/** Answers with RFC 8628's error (3.5) or Entra's own, and its AADSTS code. */
const refused = (error: string, code: number) => ({ status: 400, body: { error, error_codes: [code] } });

describe('The device code endpoint', () => {
  test('answers as RFC 8628, 3.2 and Entra’s page on the flow say', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      user_code: expect.stringMatching(/^[A-Z]{9}$/),
      device_code: expect.stringMatching(/^.{32,}$/),
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 5,
      message: `To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ${body.user_code} to authenticate.`,
    });
  });

  test('takes lifetime and interval from the test', async () => {
    Object.assign(entra.settings, { deviceCodeLifetime: 60, deviceCodeInterval: 1 });
    expect((await ask()).body).toMatchObject({ expires_in: 60, interval: 1 });
  });

  test.each(environmentNames)('names the page of %s', async name => {
    const { authority, graph, deviceLogin } = environments[name];
    const url = `https://${authority}/organizations/oauth2/v2.0/devicecode`;
    const { body } = await wire.post(url, { client_id, scope: `https://${graph}/.default` });
    expect(body.verification_uri).toBe(deviceLogin);
  });

  test('refuses an unknown application, another cloud’s scope, no scope, and GET', async () => {
    expect(await ask({ client_id: tenant.id })).toMatchObject(refused('unauthorized_client', 700016));
    expect(await ask({ scope: 'https://graph.microsoft.us/.default' })).toMatchObject(
      refused('invalid_resource', 500011),
    );
    expect(await ask({ scope: '' })).toMatchObject(refused('invalid_request', 900144));
    const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode';
    expect((await wire.get(url)).body).toMatchObject({ error_codes: [900561] });
  });
});

describe('A poll', () => {
  test('is pending until the person has signed in, and then has tokens, once', async () => {
    const { userCode, device_code } = await askCode();
    expect(await poll(device_code)).toMatchObject(refused('authorization_pending', 70016));
    await entra.approveDevice(userCode, user);
    const { body } = await poll(device_code);
    expect(decodeJwt(String(body.access_token))).toMatchObject({ oid: user.objectId, tid: tenant.id });
    expect(body).toHaveProperty('refresh_token');
    expect(await poll(device_code)).toMatchObject(refused('invalid_grant', 70000));
  });

  test('hears that the person has declined', async () => {
    const { userCode, device_code } = await askCode();
    entra.declineDevice(userCode);
    expect(await poll(device_code)).toMatchObject(refused('authorization_declined', 65004));
  });

  test('hears that the code has expired', async () => {
    const { userCode, device_code } = await askCode();
    entra.expireDevice(userCode);
    expect(await poll(device_code)).toMatchObject(refused('expired_token', 70020));
    await expect(entra.approveDevice(userCode, user)).rejects.toMatchObject({ code: 70019 });
  });

  test('hears that the code is not known', async () => {
    expect(await poll('made-up')).toMatchObject(refused('bad_verification_code', 70018));
  });

  test('of another application is refused', async () => {
    const { device_code } = await askCode();
    const { clientId } = entra.directory.addApplication({ publicClient: true });
    expect(await poll(device_code, { client_id: clientId })).toMatchObject(refused('bad_verification_code', 70018));
  });

  test('is told to slow down when a test says so', async () => {
    const { userCode, device_code } = await askCode();
    entra.slowDevice(userCode);
    expect((await poll(device_code)).body).toMatchObject({ error: 'slow_down' });
    expect((await poll(device_code)).body).toMatchObject({ error: 'authorization_pending' });
  });

  test('is told to slow down before its time, where the authority minds', async () => {
    entra.settings.devicePollsTooEarly = 'slow down';
    const { device_code } = await askCode();
    expect((await poll(device_code)).body).toMatchObject({ error: 'authorization_pending' });
    expect((await poll(device_code)).body).toMatchObject({ error: 'slow_down' });
  });

  test('is to wait five seconds more after each slow_down', async () => {
    entra.settings.devicePollsTooEarly = 'slow down';
    entra.settings.deviceCodeInterval = 5;
    const { device_code } = await askCode();
    const heard: unknown[] = [];
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const seconds of [0, 1, 9, 14, 20]) {
      vi.setSystemTime(Date.now() + seconds * 1000);
      heard.push((await poll(device_code)).body.error);
    }
    const slow = Array(3).fill('slow_down');
    expect(heard).toEqual(['authorization_pending', ...slow, 'authorization_pending']);
  });

  test('can be waited for', async () => {
    const { userCode, device_code } = await askCode();
    const next = entra.nextDevicePoll(userCode);
    const answer = await poll(device_code);
    expect(await next).toEqual({ userCode, answer: answer.text });
  });

  test('is approved by itself the second time, where a person is named for it', async () => {
    entra.settings.autoApprove = user;
    const { device_code } = await askCode();
    expect((await poll(device_code)).body).toMatchObject({ error: 'authorization_pending' });
    expect((await poll(device_code)).status).toBe(200);
  });

  test('of an account that gets no token hears why', async () => {
    const { userCode, device_code } = await askCode();
    const blocked = entra.directory.addUser({
      tenantId: tenant.id,
      userPrincipalName: 'ca@contoso.example',
      blockedBy: 53003,
    });
    await entra.approveDevice(userCode, blocked);
    expect(await poll(device_code)).toMatchObject(refused('interaction_required', 53003));
  });
});

describe('The page where a code is typed', () => {
  const signIn = { login: 'ada@contoso.example', action: 'sign-in' };

  test('takes the person from the address that the device shows to the end', async () => {
    const { userCode, device_code } = await askCode();
    const codePage = await visitor.open('https://microsoft.com/devicelogin');
    const signInPage = await visitor.submit(codePage, { otc: userCode.toLowerCase() });
    expect(new URL(signInPage.url).host).toBe('login.microsoftonline.com');
    const question = await visitor.submit(signInPage, { ...signIn, passwd: user.password });
    expect(question.html).toContain('Are you trying to sign in to Command-line tools?');
    expect((await poll(device_code)).body).toMatchObject({ error: 'authorization_pending' });
    const end = await visitor.submit(question, { action: 'accept' });
    expect(end.html).toContain('You may now close this window');
    expect((await poll(device_code)).status).toBe(200);
  });

  test('lets the person cancel', async () => {
    const { userCode, device_code } = await askCode();
    const page = await visitor.open(`https://login.microsoftonline.com/common/oauth2/deviceauth?otc=${userCode}`);
    await visitor.submit(page, { action: 'cancel' });
    expect(await poll(device_code)).toMatchObject(refused('authorization_declined', 65004));
  });

  test('takes no code that is made up, expired or used', async () => {
    const expired = await askCode();
    entra.expireDevice(expired.userCode);
    const used = await askCode();
    entra.declineDevice(used.userCode);
    for (const otc of ['XXXXXXXXX', expired.userCode, used.userCode]) {
      const page = await visitor.submit(await visitor.open('https://microsoft.com/devicelogin'), { otc });
      expect(page.html).toContain('That code did not work');
    }
  });

  test.each(environmentNames)('of %s leads to the cloud of the code', async name => {
    const { authority, graph, deviceLogin } = environments[name];
    const url = `https://${authority}/organizations/oauth2/v2.0/devicecode`;
    const { body } = await wire.post(url, { client_id, scope: `https://${graph}/.default` });
    const page = await visitor.submit(await visitor.open(deviceLogin), { otc: String(body.user_code) });
    expect(new URL(page.url).host).toBe(authority);
    expect(page.form?.fields).toHaveProperty('passwd');
  });
});
