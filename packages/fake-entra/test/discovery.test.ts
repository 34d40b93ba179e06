import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Entra, startEntra } from '../src/entra.ts';
import { environmentNames, environments } from '../src/environments.ts';
import { WireClient } from '../src/wire-client.ts';

let entra: Entra;
let wire: WireClient;

beforeAll(async () => {
  entra = await startEntra();
  wire = new WireClient(entra);
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await wire[Symbol.asyncDispose]();
  await entra[Symbol.asyncDispose]();
});

/** The hosts in a version 2.0 token's issuer; China's is the one that MSAL knows it by, and not the authority's. */
const issuers = {
  AzureCloud: 'login.microsoftonline.com',
  AzureChinaCloud: 'login.partner.microsoftonline.cn',
  AzureGermanCloud: 'login.microsoftonline.de',
  AzurePPE: 'login.windows-ppe.net',
  AzureUSGovernment: 'login.microsoftonline.us',
} as const;

describe.each(environmentNames)('The OpenID configuration of %s', name => {
  const { authority } = environments[name];

  test('of a tenant has its endpoints and its issuer', async () => {
    const { id } = entra.directory.tenantOf(name);
    const base = `https://${authority}/${id}`;
    expect((await wire.get(`${base}/v2.0/.well-known/openid-configuration`)).body).toMatchObject({
      issuer: `https://${issuers[name]}/${id}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  });

  test('of organizations has a place-holder for the tenant', async () => {
    const { body } = await wire.get(`https://${authority}/organizations/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: `https://${issuers[name]}/{tenantid}/v2.0`,
      token_endpoint: `https://${authority}/organizations/oauth2/v2.0/token`,
    });
  });

  test('is not there for a tenant of another cloud', async () => {
    const { id } = entra.directory.tenantOf(name === 'AzureCloud' ? 'AzurePPE' : 'AzureCloud');
    const answer = await wire.get(`https://${authority}/${id}/v2.0/.well-known/openid-configuration`);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request', error_codes: [90002] } });
  });
});

describe('Instance discovery', () => {
  const ask = (authorizationEndpoint: string) =>
    wire.get(
      `https://login.microsoftonline.com/common/discovery/instance?${new URLSearchParams({
        'api-version': '1.1',
        authorization_endpoint: authorizationEndpoint,
      })}`,
    );

  test('knows each cloud by its aliases', async () => {
    const { body } = await ask('https://login.microsoftonline.us/common/oauth2/v2.0/authorize');
    expect(body).toMatchObject({
      tenant_discovery_endpoint: 'https://login.microsoftonline.us/common/v2.0/.well-known/openid-configuration',
      metadata: expect.arrayContaining([
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: expect.arrayContaining(['login.microsoftonline.com', 'login.windows.net', 'sts.windows.net']),
        },
      ]),
    });
  });

  test('refuses a host that is no authority', async () => {
    expect(await ask('https://login.evil.example/common/oauth2/v2.0/authorize')).toMatchObject({
      status: 400,
      body: { error: 'invalid_instance', error_codes: [50049] },
    });
  });
});

test('The key set has the public key alone, with its certificate', async () => {
  const { body } = await wire.get('https://login.microsoftonline.com/common/discovery/v2.0/keys');
  const [key] = Array.isArray(body.keys) ? body.keys : [];
  expect(key).toMatchObject({ kty: 'RSA', use: 'sig', kid: key.x5t, x5c: [expect.any(String)], n: expect.any(String) });
  for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(part);
});
