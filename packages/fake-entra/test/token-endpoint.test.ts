import { createHash, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commandLineClientId, type Tenant, type User } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { PageVisitor } from '../src/page-visitor.ts';
import { WireClient } from '../src/wire-client.ts';

let entra: Entra;
let wire: WireClient;
let visitor: PageVisitor;
let tenant: Tenant;
let other: Tenant;
let user: User;
const graphScope = 'https://graph.microsoft.com/.default';
const scope = `${graphScope} openid profile offline_access`;
const client_id = commandLineClientId;

beforeAll(async () => {
  entra = await startEntra();
  wire = new WireClient(entra);
  visitor = new PageVisitor(entra);
  tenant = entra.directory.tenantOf('AzureCloud');
  other = entra.directory.addTenant({ environment: 'AzureCloud' });
  user = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'ada@contoso.example' });
});

afterEach(() => {
  user.blockedBy = undefined;
  entra.clock.skewSeconds = 0;
  entra.settings.usedRefreshTokens = 'accepted';
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await visitor[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

const text = (value: unknown): string => String(value);

describe('The token endpoint', () => {
  test('answers an error with Entra’s fields and an echo of the correlation id', async () => {
    const correlationId = randomUUID();
    const answer = await wire.token(tenant.id, {
      client_id,
      grant_type: 'password',
      'client-request-id': correlationId,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.body).toEqual({
      error: 'unsupported_grant_type',
      error_description: expect.stringMatching(
        new RegExp(
          `^AADSTS70003: .* Trace ID: [0-9a-f-]{36} Correlation ID: ${correlationId} Timestamp: [0-9-]{10} [0-9:]{8}Z$`,
        ),
      ),
      error_codes: [70003],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlation_id: correlationId,
      error_uri: 'https://login.microsoftonline.com/error?code=70003',
    });
  });

  test.each([
    ['an unknown tenant', randomUUID(), {}, 'invalid_request', 90002],
    ['a tenant of another cloud', 'china', {}, 'invalid_request', 90002],
    ['an unknown application', '', { client_id: randomUUID() }, 'unauthorized_client', 700016],
    ['no application', '', { client_id: '' }, 'invalid_request', 900144],
    ['no grant', '', { grant_type: '' }, 'invalid_request', 900144],
    ['no refresh token', '', {}, 'invalid_request', 900144],
    ['another cloud’s resource', '', { scope: 'https://graph.microsoft.us/.default' }, 'invalid_resource', 500011],
    ['an unknown resource', '', { scope: 'https://contoso.example/.default' }, 'invalid_resource', 500011],
    ['two resources', '', { scope: `${graphScope} https://management.azure.com/.default` }, 'invalid_scope', 70011],
  ])('refuses %s', async (_what, path, form, error, code) => {
    const name = path === 'china' ? entra.directory.tenantOf('AzureChinaCloud').id : path || tenant.id;
    const answer = await wire.token(name, { grant_type: 'refresh_token', client_id, ...form });
    expect(answer).toMatchObject({ status: 400, body: { error, error_codes: [code] } });
  });

  test('refuses an application that the tenant does not have', async () => {
    const { clientId } = entra.directory.addApplication({ tenants: [other.id], secrets: [{ value: 'x' }] });
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'x', scope: graphScope };
    expect((await wire.token(tenant.id, form)).body).toMatchObject({ error_codes: [700016] });
    expect((await wire.token(other.id, form)).status).toBe(200);
  });

  test('finds a tenant by its domain name', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'x' }] });
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'x', scope: graphScope };
    const answer = await wire.token(tenant.domains[0] ?? '', form);
    expect(decodeJwt(text(answer.body.access_token)).tid).toBe(tenant.id);
  });
});

describe('Client credentials', () => {
  const ask = (tenantName: string, asked: Record<string, string>) => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'x' }], accessTokenVersion: '2.0' });
    return wire.token(tenantName, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'x',
      ...asked,
    });
  };

  test('are answered with an access token and nothing else', async () => {
    expect((await ask(tenant.id, { scope: graphScope })).body).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
  });

  test('give a version 2.0 token where the application asks for it', async () => {
    const claims = decodeJwt(text((await ask(tenant.id, { scope: graphScope })).body.access_token));
    expect(claims).toMatchObject({
      ver: '2.0',
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      azpacr: '1',
    });
  });

  test.each(['common', 'organizations'])('need a tenant, and %s is none', async name => {
    expect((await ask(name, { scope: graphScope })).body).toMatchObject({
      error: 'invalid_request',
      error_codes: [50059],
    });
  });

  test('need a scope that ends in /.default', async () => {
    const single = await ask(tenant.id, { scope: 'https://graph.microsoft.com/User.Read' });
    expect(single.body).toMatchObject({ error: 'invalid_scope', error_codes: [1002012] });
    expect((await ask(tenant.id, {})).body).toMatchObject({ error: 'invalid_request', error_codes: [900144] });
  });
});

describe('A refresh token', () => {
  const redeem = (refresh_token: string, tenantName = tenant.id, more: Record<string, string> = {}) =>
    wire.token(tenantName, { grant_type: 'refresh_token', client_id, refresh_token, scope, client_info: '1', ...more });

  test('gives tokens for the person and a refresh token in its place', async () => {
    const old = await entra.issueRefreshToken(user, client_id);
    const { body } = await redeem(old, 'organizations');
    expect(Object.keys(body).toSorted()).toEqual([
      'access_token',
      'client_info',
      'expires_in',
      'ext_expires_in',
      'id_token',
      'refresh_token',
      'scope',
      'token_type',
    ]);
    expect(body.refresh_token).not.toBe(old);
    expect(JSON.parse(Buffer.from(text(body.client_info), 'base64url').toString())).toEqual({
      uid: user.objectId,
      utid: tenant.id,
    });
    expect(decodeJwt(text(body.id_token))).toMatchObject({
      aud: client_id,
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      oid: user.objectId,
      tid: tenant.id,
      preferred_username: user.userPrincipalName,
      ver: '2.0',
    });
    expect(decodeJwt(text(body.id_token)).sub).not.toBe(user.objectId);
    expect((await redeem(text(body.refresh_token))).status).toBe(200);
  });

  test('stays good after its use as Entra’s does, or not, as a test chooses', async () => {
    const token = await entra.issueRefreshToken(user, client_id);
    expect((await redeem(token)).status).toBe(200);
    entra.settings.usedRefreshTokens = 'refused';
    expect((await redeem(token)).status).toBe(200);
    expect((await redeem(token)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('is good for another resource of the cloud', async () => {
    const token = await entra.issueRefreshToken(user, client_id);
    const answer = await redeem(token, tenant.id, { scope: 'https://management.azure.com/.default' });
    expect(decodeJwt(text(answer.body.access_token)).aud).toBe('https://management.azure.com');
    expect(answer.body).not.toHaveProperty('id_token');
  });

  test.each([
    ['taken back', 50173],
    ['too old', 700082],
  ] as const)('is refused when it was %s', async (_how, code) => {
    const token = await entra.issueRefreshToken(user, client_id);
    expect(entra.revokeRefreshTokens({ refreshToken: token }, code)).toBe(1);
    expect(await redeem(token)).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [code] } });
  });

  test('is taken back with all others of its user', async () => {
    const person = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'eve@contoso.example' });
    const tokens = [await entra.issueRefreshToken(person, client_id), await entra.issueRefreshToken(person, client_id)];
    expect(entra.revokeRefreshTokens({ user: person })).toBe(2);
    for (const token of tokens) expect((await redeem(token)).body).toMatchObject({ error_codes: [50173] });
    expect((await redeem(await entra.issueRefreshToken(person, client_id))).status).toBe(200);
  });

  test('is refused when it is made up', async () => {
    expect((await redeem('0.made-up')).body).toMatchObject({ error: 'invalid_grant', error_codes: [9002313] });
  });

  test('is refused to another application', async () => {
    const { clientId } = entra.directory.addApplication({ publicClient: true });
    const token = await entra.issueRefreshToken(user, clientId);
    expect((await redeem(token)).body).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
  });

  test('is refused in a tenant that does not know the person, and taken where the person is a guest', async () => {
    const token = await entra.issueRefreshToken(user, client_id);
    expect((await redeem(token, other.id)).body).toMatchObject({ error: 'invalid_grant', error_codes: [50020] });
    const guest = entra.directory.addUser({
      tenantId: tenant.id,
      userPrincipalName: 'bob@contoso.example',
      guestOf: [other.id],
    });
    const { body } = await redeem(await entra.issueRefreshToken(guest, client_id), other.id);
    expect(decodeJwt(text(body.access_token))).toMatchObject({ tid: other.id, oid: guest.objectId });
    expect(Buffer.from(text(body.client_info), 'base64url').toString()).toContain(tenant.id);
  });

  test.each([
    [50057, 'invalid_grant', undefined],
    [50076, 'interaction_required', 'basic_action'],
    [53003, 'interaction_required', 'message_only'],
    [65001, 'invalid_grant', 'consent_required'],
  ] as const)('is refused with AADSTS%i while that keeps the account out', async (code, error, suberror) => {
    const token = await entra.issueRefreshToken(user, client_id);
    user.blockedBy = code;
    expect((await redeem(token)).body).toMatchObject({ error, error_codes: [code], ...(suberror ? { suberror } : {}) });
    user.blockedBy = undefined;
    expect((await redeem(token)).status).toBe(200);
  });

  test('is of one cloud alone', async () => {
    const token = await entra.issueRefreshToken(user, client_id);
    const answer = await wire.token(
      'organizations',
      { grant_type: 'refresh_token', client_id, refresh_token: token },
      'AzureUSGovernment',
    );
    expect(answer.body).toMatchObject({ error: 'invalid_grant', error_codes: [9002313] });
  });

  test('gives tokens of the authority’s clock', async () => {
    const before = Math.floor(Date.now() / 1000);
    entra.clock.skewSeconds = -7200;
    const { body, headers } = await redeem(await entra.issueRefreshToken(user, client_id));
    for (const token of [body.access_token, body.id_token]) {
      const { iat = 0, exp = 0 } = decodeJwt(text(token));
      expect(Math.abs(iat - (before - 7200))).toBeLessThan(30);
      expect(exp - iat).toBeGreaterThan(3000);
    }
    expect(Date.parse(headers.get('date') ?? '') / 1000 - before).toBeLessThan(-7000);
  });
});

describe('An authorization code', () => {
  // The verifier and its challenge of RFC 7636, appendix B.
  const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  const redirect_uri = 'http://localhost:8400';

  async function obtain(person = user, more: Record<string, string> = {}): Promise<string> {
    const query = new URLSearchParams({
      client_id,
      response_type: 'code',
      redirect_uri,
      scope,
      code_challenge,
      code_challenge_method: 'S256',
      ...more,
    });
    const page = await visitor.open(`https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${query}`);
    const { userPrincipalName: login, password: passwd } = person;
    const done = await visitor.submit(page, { login, passwd }, url => url.startsWith(redirect_uri));
    return new URL(done.url).searchParams.get('code') ?? '';
  }

  const redeem = (code: string, more: Record<string, string> = {}, tenantName = 'organizations') =>
    wire.token(tenantName, {
      grant_type: 'authorization_code',
      client_id,
      code,
      redirect_uri,
      scope,
      code_verifier,
      ...more,
    });

  test('the challenge is the verifier’s (RFC 7636, appendix B)', () => {
    expect(createHash('sha256').update(code_verifier).digest('base64url')).toBe(code_challenge);
  });

  test('is redeemed once', async () => {
    const code = await obtain();
    const { body } = await redeem(code);
    expect(decodeJwt(text(body.access_token))).toMatchObject({ oid: user.objectId, tid: tenant.id });
    expect((await redeem(code)).body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  test.each([
    ['another verifier', { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX' }, 501481],
    ['the challenge as verifier', { code_verifier: code_challenge }, 501481],
    ['no verifier', { code_verifier: '' }, 501481],
    ['another redirect URI', { redirect_uri: 'http://localhost:8401' }, 500112],
    ['a code that is made up', { code: 'made-up' }, 70000],
  ])('is refused with %s', async (_what, wrong, code) => {
    const answer = await redeem(await obtain(), wrong);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [code] } });
  });

  test('carries the request’s nonce into the ID token', async () => {
    const { body } = await redeem(await obtain(user, { nonce: 'n-0S6_WzA2Mj' }));
    expect(decodeJwt(text(body.id_token)).nonce).toBe('n-0S6_WzA2Mj');
  });

  test('is refused to another application', async () => {
    const { clientId } = entra.directory.addApplication({ publicClient: true });
    expect((await redeem(await obtain(), { client_id: clientId })).body).toMatchObject({ error_codes: [70000] });
  });

  test('is refused in another tenant than its own', async () => {
    expect((await redeem(await obtain(), {}, other.id)).body).toMatchObject({ error_codes: [700005] });
  });

  test('is refused when only the token is kept from the account', async () => {
    const person = entra.directory.addUser({
      tenantId: tenant.id,
      userPrincipalName: 'mfa@contoso.example',
      blockedBy: 50076,
      blockedAt: 'token',
    });
    const { body } = await redeem(await obtain(person));
    expect(body).toMatchObject({ error: 'interaction_required', error_codes: [50076] });
    expect(JSON.parse(text(body.claims))).toHaveProperty('access_token');
  });
});
