import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ClientCertificate, createClientCertificate } from '../src/client-certificate.ts';
import { type Application, commandLineClientId, type Tenant } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { WireClient } from '../src/wire-client.ts';

let entra: Entra;
let wire: WireClient;
let tenant: Tenant;
let certificate: ClientCertificate;
let application: Application;
const scope = 'https://graph.microsoft.com/.default';
const dayMs = 24 * 60 * 60 * 1000;

beforeAll(async () => {
  entra = await startEntra();
  wire = new WireClient(entra);
  tenant = entra.directory.tenantOf('AzureCloud');
  certificate = await createClientCertificate();
  application = entra.directory.addApplication({ certificates: [certificate] });
});

afterEach(() => {
  entra.clock.skewSeconds = 0;
  entra.settings.usedAssertions = 'refused';
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await wire[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

const ask = (clientId: string, credential: Record<string, string>) =>
  wire.token(tenant.id, { grant_type: 'client_credentials', client_id: clientId, scope, ...credential });

describe('A client secret', () => {
  test('is taken when it is one of the application’s', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'first' }, { value: 'second' }] });
    for (const client_secret of ['first', 'second']) expect((await ask(clientId, { client_secret })).status).toBe(200);
  });

  test.each([
    ['wrong', 'not it', undefined, 7000215],
    ['one of another case', 'THE SECRET', undefined, 7000215],
    ['expired', 'the secret', new Date(Date.now() - dayMs), 7000222],
  ])('is refused when it is %s', async (_how, client_secret, expiresOn, code) => {
    const secret = { value: 'the secret', ...(expiresOn === undefined ? {} : { expiresOn }) };
    const { clientId } = entra.directory.addApplication({ secrets: [secret] });
    const answer = await ask(clientId, { client_secret });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [code] } });
    expect(answer.text).not.toContain(client_secret);
  });

  test('expires by the authority’s clock', async () => {
    const { clientId } = entra.directory.addApplication({
      secrets: [{ value: 'until tomorrow', expiresOn: new Date(Date.now() + dayMs) }],
    });
    const credential = { client_secret: 'until tomorrow' };
    expect((await ask(clientId, credential)).status).toBe(200);
    entra.clock.skewSeconds = 2 * 24 * 60 * 60;
    expect((await ask(clientId, credential)).body).toMatchObject({ error_codes: [7000222] });
  });

  test('has to be there for an application that has one', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'kept at home' }] });
    expect(await ask(clientId, {})).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_codes: [7000218] },
    });
  });

  test('has no place in a public client’s request', async () => {
    expect(await ask(commandLineClientId, { client_secret: 'any' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_codes: [700025] },
    });
  });
});

interface AssertionParts {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  readonly key?: ClientCertificate;
}

/** An assertion as "Application authentication certificate credentials" describes it, with something else in it. */
async function signAssertion({ header = {}, claims = {}, key = certificate }: AssertionParts = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { clientId } = application;
  const x5tS256 = Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url');
  const aud = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;
  const times = { iat: now, nbf: now, exp: now + 600 };
  return await new SignJWT({ iss: clientId, sub: clientId, aud, jti: randomUUID(), ...times, ...claims })
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': x5tS256, ...header })
    .sign(createPrivateKey(key.privateKeyPem));
}

const present = (client_assertion: string, clientId = application.clientId) =>
  ask(clientId, {
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });

describe('A client assertion', () => {
  test('is taken with PS256 and the SHA-256 thumbprint', async () => {
    expect((await present(await signAssertion())).status).toBe(200);
  });

  test('is taken with RS256 and the SHA-1 thumbprint', async () => {
    const x5t = Buffer.from(certificate.thumbprint, 'hex').toString('base64url');
    const header = { alg: 'RS256', x5t, 'x5t#S256': undefined };
    expect((await present(await signAssertion({ header }))).status).toBe(200);
  });

  test('is refused when another key has signed it', async () => {
    const answer = await present(await signAssertion({ key: await createClientCertificate() }));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [700027] } });
  });

  test('is refused when a byte of it was changed', async () => {
    const [header, claims, signature = ''] = (await signAssertion()).split('.');
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect((await present(`${header}.${claims}.${changed}`)).body).toMatchObject({ error_codes: [700027] });
  });

  test('is refused when its certificate is not the application’s', async () => {
    const other = await createClientCertificate();
    const x5tS256 = Buffer.from(other.thumbprintSha256, 'hex').toString('base64url');
    const answer = await present(await signAssertion({ key: other, header: { 'x5t#S256': x5tS256 } }));
    expect(answer.body).toMatchObject({ error_codes: [700027] });
  });

  test('is refused when it names another certificate than its signer’s', async () => {
    const other = await createClientCertificate();
    const x5tS256 = Buffer.from(other.thumbprintSha256, 'hex').toString('base64url');
    const answer = await present(await signAssertion({ header: { 'x5t#S256': x5tS256 } }));
    expect(answer.body).toMatchObject({ error_codes: [700027] });
  });

  test.each([
    ['expired', { notAfter: new Date(Date.now() - dayMs), notBefore: new Date(Date.now() - 2 * dayMs) }],
    ['not yet valid', { notBefore: new Date(Date.now() + dayMs) }],
  ])('is refused when its certificate is %s', async (how, validity) => {
    const own = await createClientCertificate(validity);
    const { clientId } = entra.directory.addApplication({ certificates: [own] });
    const header = { 'x5t#S256': Buffer.from(own.thumbprintSha256, 'hex').toString('base64url') };
    const answer = await present(
      await signAssertion({ key: own, header, claims: { iss: clientId, sub: clientId } }),
      clientId,
    );
    expect(answer.body).toMatchObject({ error_codes: [700027], error_description: expect.stringContaining(how) });
  });

  const now = Math.floor(Date.now() / 1000);
  test.each([
    ['it is for another audience', { aud: 'https://login.microsoftonline.us/common/oauth2/v2.0/token' }, 700023],
    ['it is another application’s', { iss: randomUUID() }, 700021],
    ['its subject is another application', { sub: randomUUID() }, 700021],
    ['it has expired', { exp: now - 3600 }, 700024],
    ['it never expires', { exp: undefined }, 700024],
    ['it is not valid yet', { nbf: now + 3600 }, 700024],
  ])('is refused when %s', async (_why, claims, code) => {
    const answer = await present(await signAssertion({ claims }));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [code] } });
  });

  test('is judged by the authority’s clock', async () => {
    entra.clock.skewSeconds = -3600;
    expect((await present(await signAssertion())).body).toMatchObject({ error_codes: [700024] });
    entra.clock.skewSeconds = 3600;
    expect((await present(await signAssertion())).body).toMatchObject({ error_codes: [700024] });
    const ahead = Math.floor(Date.now() / 1000) + 3600;
    const claims = { iat: ahead, nbf: ahead, exp: ahead + 600 };
    expect((await present(await signAssertion({ claims }))).status).toBe(200);
  });

  test('is refused a second time, or taken as Entra ID does', async () => {
    const assertion = await signAssertion();
    expect((await present(assertion)).status).toBe(200);
    expect((await present(assertion)).body).toMatchObject({ error_codes: [700027] });
    entra.settings.usedAssertions = 'accepted';
    expect((await present(assertion)).status).toBe(200);
  });

  test('is refused without a signature, without a thumbprint, and when it is no JWT', async () => {
    const unsigned = new UnsecuredJWT({ iss: application.clientId, sub: application.clientId }).encode();
    expect((await present(unsigned)).body).toMatchObject({ error_codes: [50027] });
    const header = { 'x5t#S256': undefined };
    expect((await present(await signAssertion({ header }))).body).toMatchObject({ error_codes: [5002723] });
    expect((await present('not.a.jwt')).body).toMatchObject({ error_codes: [50027] });
  });
});
