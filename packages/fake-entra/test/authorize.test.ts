import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commandLineClientId, type Tenant, type User } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { PageVisitor, type VisitedPage } from '../src/page-visitor.ts';
import { defaultSettings } from '../src/settings.ts';

let entra: Entra;
let visitor: PageVisitor;
let tenant: Tenant;
let user: User;
const redirectUri = 'http://localhost:8400';
const usual = {
  client_id: commandLineClientId,
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: 'https://graph.microsoft.com/.default openid profile offline_access',
  state: 'a state & <"more">',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

beforeAll(async () => {
  entra = await startEntra();
  visitor = new PageVisitor(entra);
  tenant = entra.directory.tenantOf('AzureCloud');
  user = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'ada@contoso.example' });
});

afterEach(() => {
  Object.assign(entra.settings, defaultSettings());
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await visitor[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

const atRedirectUri = (url: string) => url.startsWith(redirectUri);

async function open(changed: Record<string, string> = {}, name = 'organizations'): Promise<VisitedPage> {
  const query = new URLSearchParams({ ...usual, ...changed });
  for (const [field, value] of Object.entries(changed)) if (value === '') query.delete(field);
  return await visitor.open(`https://login.microsoftonline.com/${name}/oauth2/v2.0/authorize?${query}`, atRedirectUri);
}

const signIn = (page: VisitedPage, { userPrincipalName: login, password: passwd }: User) =>
  visitor.submit(page, { login, passwd, action: 'sign-in' }, atRedirectUri);

const answerIn = ({ url }: VisitedPage) => Object.fromEntries(new URL(url).searchParams);

describe('The answer to the redirect URI', () => {
  test('has the code and the state, in the query', async () => {
    const page = await signIn(await open(), user);
    expect(page.status).toBe(302);
    expect(answerIn(page)).toEqual({
      code: expect.stringMatching(/.{32,}/),
      state: usual.state,
      session_state: expect.any(String),
    });
  });

  test('has them in the fragment', async () => {
    const page = await signIn(await open({ response_mode: 'fragment' }), user);
    expect(new URL(page.url).search).toBe('');
    expect(Object.fromEntries(new URLSearchParams(new URL(page.url).hash.slice(1)))).toHaveProperty('code');
  });

  test('has them in a form that posts itself, and client_info where asked for', async () => {
    const page = await signIn(await open({ response_mode: 'form_post', client_info: '1' }), user);
    expect(page.form?.action).toBe(`${redirectUri}/`);
    expect(page.form?.fields).toMatchObject({ state: usual.state, code: expect.stringMatching(/.{32,}/) });
    const info = Buffer.from(page.form?.fields.client_info ?? '', 'base64url').toString();
    expect(JSON.parse(info)).toEqual({ uid: user.objectId, utid: tenant.id });
  });

  test('comes without a form where a person is named for it', async () => {
    entra.settings.autoApprove = user;
    expect(answerIn(await open())).toHaveProperty('code');
  });
});

describe('The sign-in page', () => {
  test('knows the name from login_hint', async () => {
    const page = await open({ login_hint: '"ada"@contoso.example' });
    expect(page.form?.fields.login).toBe('"ada"@contoso.example');
    expect(page.html).not.toContain('value=""ada"');
  });

  test('asks again after a wrong password or an unknown name', async () => {
    const wrong = await signIn(await open(), { ...user, password: 'not it' });
    expect(wrong.html).toContain('AADSTS50126');
    expect(answerIn(await signIn(wrong, user))).toHaveProperty('code');
    const unknown = await signIn(await open(), { ...user, userPrincipalName: 'nobody@contoso.example' });
    expect(unknown.html).toContain('AADSTS50034');
  });

  test('does not let a person of another tenant in, nor of another cloud', async () => {
    const other = entra.directory.addTenant({ environment: 'AzureCloud' });
    const refused = await signIn(await open({}, other.id), user);
    expect(refused.html).toContain('AADSTS50020');
    expect(refused.form?.fields).toHaveProperty('passwd');
    const china = entra.directory.tenantOf('AzureChinaCloud');
    const foreign = entra.directory.addUser({ tenantId: china.id, userPrincipalName: 'li@contoso.example' });
    expect((await signIn(await open(), foreign)).html).toContain('AADSTS50034');
  });

  test('asks for consent once, where the application has none', async () => {
    const { clientId } = entra.directory.addApplication({ publicClient: true, consent: 'ask' });
    const declined = await signIn(await open({ client_id: clientId }), user);
    expect(declined.html).toContain('User.Read');
    expect(answerIn(await visitor.submit(declined, { action: 'cancel' }, atRedirectUri))).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('AADSTS65004'),
      state: usual.state,
    });
    const accepted = await signIn(await open({ client_id: clientId }), user);
    expect(answerIn(await visitor.submit(accepted, { action: 'accept' }, atRedirectUri))).toHaveProperty('code');
    expect(answerIn(await signIn(await open({ client_id: clientId }), user))).toHaveProperty('code');
  });

  test('gives no code to who accepts without having signed in', async () => {
    const page = await visitor.submit(await open(), { action: 'accept' }, atRedirectUri);
    expect(page.html).toContain('AADSTS50034');
  });

  test('tells the application that the person has cancelled', async () => {
    const page = await visitor.submit(await open(), { action: 'cancel' }, atRedirectUri);
    expect(answerIn(page)).toMatchObject({ error: 'access_denied', state: usual.state });
  });
});

describe('The application hears at its redirect URI', () => {
  test.each([
    [50057, 'invalid_grant'],
    [50076, 'interaction_required'],
    [53003, 'interaction_required'],
    [65001, 'invalid_grant'],
    [90094, 'access_denied'],
  ] as const)('that AADSTS%i keeps the account out', async (code, error) => {
    const blocked = entra.directory.addUser({
      tenantId: tenant.id,
      userPrincipalName: `blocked-${code}@contoso.example`,
      blockedBy: code,
    });
    expect(answerIn(await signIn(await open(), blocked))).toMatchObject({
      error,
      error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: .* Correlation ID: `)),
      state: usual.state,
    });
  });

  test.each([
    ['a response type that is not code', { response_type: 'token' }, 'unsupported_response_type', 700054],
    ['no scope', { scope: '' }, 'invalid_request', 900144],
    ['another cloud’s resource', { scope: 'https://graph.microsoft.us/.default' }, 'invalid_resource', 500011],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request', 501491],
    ['a challenge that is too short', { code_challenge: 'short' }, 'invalid_request', 501491],
    ['a silent request when nobody is signed in', { prompt: 'none' }, 'login_required', 50058],
  ])('of %s', async (_what, changed, error, code) => {
    const page = await open(changed);
    expect(answerIn(page)).toMatchObject({
      error,
      error_description: expect.stringContaining(`AADSTS${code}`),
      state: usual.state,
    });
  });
});

describe('The person, and not the application, hears', () => {
  test.each([
    ['of another redirect URI', { redirect_uri: 'https://evil.example/' }, 'organizations', 50011],
    [
      'of another path at the loopback address',
      { redirect_uri: 'http://localhost:8400/other' },
      'organizations',
      50011,
    ],
    ['of an unknown application', { client_id: 'f0000000-0000-0000-0000-000000000000' }, 'organizations', 700016],
    ['of an unknown tenant', {}, 'nowhere.example', 90002],
    ['of an unknown response mode', { response_mode: 'carrier-pigeon' }, 'organizations', 70007],
  ])('%s', async (_what, changed, name, code) => {
    const page = await open(changed, name);
    expect(page.status).toBe(400);
    expect(page.html).toContain(`AADSTS${code}`);
    expect(page.html).not.toContain('carrier-pigeon<');
  });
});
