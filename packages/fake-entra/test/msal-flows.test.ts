import { createHash } from 'node:crypto';
import type { AuthenticationResult } from '@azure/msal-node';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import { fetch, ProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientCertificate, createClientCertificate } from '../src/client-certificate.ts';
import { commandLineClientId, type Tenant, type User } from '../src/directory.ts';
import { type Entra, startEntra } from '../src/entra.ts';
import { environmentNames, environments } from '../src/environments.ts';
import { graphScope, MsalClients } from '../src/msal-client.ts';
import { PageVisitor } from '../src/page-visitor.ts';

/** The hosts of a version 1.0 token's issuer, from Microsoft's "Access tokens" page and the national clouds'. */
const tokenServices = {
  AzureCloud: 'sts.windows.net',
  AzureChinaCloud: 'sts.chinacloudapi.cn',
  AzureGermanCloud: 'sts.microsoftonline.de',
  AzurePPE: 'sts.windows-ppe.net',
  AzureUSGovernment: 'sts.windows.net',
} as const;

describe.each(environmentNames)('MSAL signs in to %s', name => {
  let entra: Entra;
  let msal: MsalClients;
  let proxied: ProxyAgent;
  let tenant: Tenant;
  let user: User;
  let certificate: ClientCertificate;
  const { authority, graph } = environments[name];
  const scopes = [graphScope(name)];

  beforeAll(async () => {
    entra = await startEntra();
    entra.settings.deviceCodeInterval = 1;
    msal = new MsalClients(entra);
    proxied = new ProxyAgent({ uri: entra.proxyUrl, requestTls: { ca: entra.caPem } });
    tenant = entra.directory.tenantOf(name);
    user = entra.directory.addUser({ tenantId: tenant.id, userPrincipalName: 'ada@contoso.example' });
    certificate = await createClientCertificate();
  });

  afterAll(async () => {
    expect(entra.failures).toEqual([]);
    // Whatever MSAL knows of the clouds by itself, no other one is asked.
    expect(entra.log.hosts()).toEqual([authority]);
    await proxied.close();
    await msal[Symbol.asyncDispose]();
    await entra[Symbol.asyncDispose]();
  });

  /** The access token's claims, once the key that the authority publishes has vouched for them. */
  async function verified(result: AuthenticationResult | null) {
    const keys = createRemoteJWKSet(new URL(`https://${authority}/${tenant.id}/discovery/v2.0/keys`), {
      [customFetch]: async (url: string) => {
        const answer = await fetch(url, { dispatcher: proxied });
        return new Response(await answer.text(), { status: answer.status });
      },
    });
    const { payload } = await jwtVerify(result?.accessToken ?? '', keys, {
      issuer: `https://${tokenServices[name]}/${tenant.id}/`,
      audience: `https://${graph}`,
      algorithms: ['RS256'],
    });
    return payload;
  }

  function expectUser(result: AuthenticationResult | null): void {
    expect(result).toMatchObject({
      tenantId: tenant.id,
      uniqueId: user.objectId,
      account: {
        homeAccountId: `${user.objectId}.${tenant.id}`,
        username: 'ada@contoso.example',
        localAccountId: user.objectId,
      },
    });
    expect(result?.scopes).toContain(`https://${graph}/.default`);
  }

  test('with a client secret', async () => {
    const { clientId, servicePrincipalId } = entra.directory.addApplication({
      secrets: [{ value: 'a secret of its own' }],
    });
    const client = msal.confidentialClient(name, tenant.id, { clientId, clientSecret: 'a secret of its own' });
    const claims = await verified(await client.acquireTokenByClientCredential({ scopes }));
    expect(claims).toMatchObject({
      appid: clientId,
      tid: tenant.id,
      oid: servicePrincipalId,
      idtyp: 'app',
      ver: '1.0',
    });
    expect(claims).toHaveProperty('roles');
    expect(claims).not.toHaveProperty('scp');
  });

  test('with a certificate', async () => {
    const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
    const { thumbprintSha256, privateKeyPem: privateKey } = certificate;
    const client = msal.confidentialClient(name, tenant.id, {
      clientId,
      clientCertificate: { thumbprintSha256, privateKey },
    });
    const claims = await verified(await client.acquireTokenByClientCredential({ scopes }));
    expect(claims).toMatchObject({ appid: clientId, tid: tenant.id, idtyp: 'app', appidacr: '2' });
    const sent = new URLSearchParams(entra.log.to('/token').at(-1)?.request.body.toString());
    expect(decodeProtectedHeader(sent.get('client_assertion') ?? '').alg).toBe('PS256');
  });

  test('with a device code at organizations, and lands in the user’s own tenant', async () => {
    const client = msal.publicClient(name, 'organizations', commandLineClientId);
    const given = entra.nextDeviceCode();
    const messages: string[] = [];
    const result = client.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ message }) => messages.push(message),
    });
    const { userCode } = await given;
    const pending = await entra.nextDevicePoll(userCode);
    expect(JSON.parse(pending.answer)).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
    await entra.approveDevice(userCode, user);
    expectUser(await result);
    expect(messages.join()).toContain(userCode);
    expect(await verified(await result)).toMatchObject({
      oid: user.objectId,
      tid: tenant.id,
      upn: user.userPrincipalName,
    });
  });

  test('in a browser at organizations, with PKCE, and renews the token silently', async () => {
    const client = msal.publicClient(name, 'organizations', commandLineClientId);
    await using visitor = new PageVisitor(entra);
    const result = await client.acquireTokenInteractive({
      scopes,
      openBrowser: async url => {
        expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
        const page = await visitor.signIn(url, user);
        expect(page.status).toBe(200);
      },
    });
    expectUser(result);
    expect(await verified(result)).toMatchObject({ oid: user.objectId, appid: commandLineClientId, appidacr: '0' });
    const { account } = result;
    if (account === null) throw new Error('MSAL has no account.');
    const renewed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true });
    expectUser(renewed);
    expect(renewed.accessToken).not.toBe(result.accessToken);
  });

  test.each([
    ['a public client', {}],
    ['a client with a secret', { secrets: [{ value: 'another secret' }] }],
  ])('with a refresh token, as %s', async (_who, options) => {
    const application = entra.directory.addApplication({ publicClient: !('secrets' in options), ...options });
    const refreshToken = await entra.issueRefreshToken(user, application.clientId);
    const { clientId } = application;
    const client =
      'secrets' in options
        ? msal.confidentialClient(name, tenant.id, { clientId, clientSecret: 'another secret' })
        : msal.publicClient(name, tenant.id, clientId);
    const result = await client.acquireTokenByRefreshToken({ refreshToken, scopes, forceCache: true });
    expectUser(result);
    // MSAL keeps the refresh token that came in its place.
    const cache = client.getTokenCache().serialize();
    expect(cache).not.toContain(refreshToken);
    expect(cache).toMatch(/"credential_type":"RefreshToken"/);
    expect(await verified(result)).toMatchObject({ oid: user.objectId, appid: clientId });
  });

  test('with a refresh token, as a client with a certificate', async () => {
    const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
    const refreshToken = await entra.issueRefreshToken(user, clientId);
    const { thumbprintSha256, privateKeyPem: privateKey } = certificate;
    const client = msal.confidentialClient(name, tenant.id, {
      clientId,
      clientCertificate: { thumbprintSha256, privateKey },
    });
    expectUser(await client.acquireTokenByRefreshToken({ refreshToken, scopes }));
  });

  test('and its thumbprints are those of the certificate', () => {
    const der = Buffer.from(certificate.certificatePem.replace(/-----[^-]+-----/g, ''), 'base64');
    expect(certificate.thumbprint).toBe(createHash('sha1').update(der).digest('hex').toUpperCase());
    expect(certificate.thumbprintSha256).toBe(createHash('sha256').update(der).digest('hex'));
  });
});
