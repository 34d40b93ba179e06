import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { type Application, commandLineClientId, type User } from 'fake-entra/directory';
import { PageVisitor } from 'fake-entra/page-visitor';
import { runCmdlet } from 'ts-cmdlet/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { acquireToken } from '../../src/auth/new-token.ts';
import {
  applicationSignIn,
  certificateProof,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
  webApplicationSignIn,
} from '../../src/auth/sign-in-request.ts';
import { newAccessToken } from '../../src/cmdlets/new-access-token.ts';
import type { NewSecMgmtAccessTokenParameters } from '../../src/generated/New-SecMgmtAccessToken.ts';
import { type InProcess, recordedCall, startInProcess } from './in-process.ts';

// New-SecMgmtAccessToken: which tokens come of each flow, and what it asks the authority for.

const secret = 'token~secret';
const graph = 'https://graph.microsoft.com';
let authority: InProcess;
let certificate: ClientCertificate;
let application: Application;
let user: User;
let tenant: string;

beforeAll(async () => {
  [authority, certificate] = await Promise.all([startInProcess(), createClientCertificate()]);
  const { directory } = authority.entra;
  tenant = directory.tenantOf('AzureCloud').id;
  user = directory.addUser({ tenantId: tenant, userPrincipalName: 'adele@contoso.example' });
  application = directory.addApplication({
    secrets: [{ value: secret }],
    certificates: [certificate],
    applicationPermissions: ['User.Read.All', 'Group.Read.All'],
  });
});

afterEach(() => {
  authority.entra.log.clear();
  expect(authority.entra.failures).toEqual([]);
});

afterAll(() => authority?.[Symbol.asyncDispose]());

/** The fields of the one request for a token. */
function tokenForm(): Record<string, string> {
  const [exchange, ...others] = authority.entra.log.to('/oauth2/v2.0/token');
  expect(others).toEqual([]);
  return Object.fromEntries(new URLSearchParams(exchange?.request.body.toString()));
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

test('an application gets a token for itself, with its roles and no refresh token', async () => {
  const request = applicationSignIn({ tenant, scopes: [`${graph}/.default`] }, application.clientId, {
    kind: 'secret',
    secret,
  });
  const { access, account, refreshToken } = await acquireToken(request, recordedCall());
  expect(claimsOf(access.token)).toMatchObject({ idtyp: 'app', appid: application.clientId });
  expect(access).toMatchObject({ scopes: [], roles: ['User.Read.All', 'Group.Read.All'] });
  expect(access.expiresOn.getTime() / 1000).toBeCloseTo(Number(claimsOf(access.token).exp), -1);
  expect(account).toMatchObject({ identifier: application.clientId, tenant, type: 'ServicePrincipal' });
  expect(refreshToken).toBeUndefined();
});

test('a refresh token is redeemed for the scopes of another resource, and the newest one comes along', async () => {
  const given = await authority.entra.issueRefreshToken(user, commandLineClientId);
  const scopes = ['https://management.azure.com/user_impersonation'];
  const result = await acquireToken(refreshTokenSignIn({ scopes }, commandLineClientId, given), recordedCall());
  expect(claimsOf(result.access.token)).toMatchObject({ aud: 'https://management.azure.com', oid: user.objectId });
  expect(tokenForm().scope?.split(' ')).toContain(scopes[0]);
  expect(result.refreshToken).toBeDefined();
  expect(result.refreshToken).not.toBe(given);
  authority.entra.log.clear();
  await acquireToken(refreshTokenSignIn({}, commandLineClientId, result.refreshToken ?? ''), recordedCall());
  expect(tokenForm()).toMatchObject({ refresh_token: result.refreshToken });
});

test('several scopes of one resource are asked for together', async () => {
  const given = await authority.entra.issueRefreshToken(user, commandLineClientId);
  const scopes = [`${graph}/User.Read`, ` '${graph}/Mail.Read', ${graph}/User.Read`];
  await acquireToken(refreshTokenSignIn({ scopes }, commandLineClientId, given), recordedCall());
  const asked = tokenForm().scope?.split(' ');
  expect(asked?.filter(scope => scope.startsWith(graph))).toEqual([`${graph}/User.Read`, `${graph}/Mail.Read`]);
});

describe('a web application, into which a person signs in by the browser', () => {
  const proofs: [string, () => Parameters<typeof webApplicationSignIn>[2], string][] = [
    ['secret', () => ({ kind: 'secret', secret }), 'client_secret'],
    ['certificate', () => certificateProof(certificate.thumbprint), 'client_assertion'],
  ];
  test.each(proofs)('proves itself by its %s when it redeems the code', async (_name, proof, field) => {
    const call = recordedCall({ certificate });
    const person = call.page.then(async url => {
      await using visitor = new PageVisitor(authority.entra);
      await visitor.signIn(url, user);
    });
    const request = webApplicationSignIn({ tenant }, application.clientId, proof());
    const [{ access, account, refreshToken }] = await Promise.all([acquireToken(request, call), person]);
    expect(claimsOf(access.token)).toMatchObject({ idtyp: 'user', appid: application.clientId });
    expect(access.scopes).toEqual(application.delegatedPermissions);
    expect(account).toMatchObject({ identifier: user.userPrincipalName, type: 'User' });
    expect(refreshToken).toBeDefined();
    expect(tokenForm()).toMatchObject({ grant_type: 'authorization_code', [field]: expect.any(String) });
  });

  test('says where there is no browser, because a device code is for public clients', async () => {
    vi.stubEnv('BROWSER', 'false');
    const request = webApplicationSignIn({ tenant }, application.clientId, { kind: 'secret', secret });
    await expect(acquireToken(request, recordedCall())).rejects.toMatchObject({ code: 'NoBrowser' });
    expect(authority.entra.log.to('/oauth2/v2.0/devicecode')).toEqual([]);
    vi.stubEnv('BROWSER', 'true');
  });
});

test('what a person signed in for is not kept in the token cache, even where there is one', async () => {
  const keyGuard = {
    read: () => Promise.reject(new Error('The key was asked for.')),
    write: () => Promise.reject(new Error('The key was asked for.')),
    remove: () => Promise.reject(new Error('The key was asked for.')),
  };
  const approved = authority.entra
    .nextDeviceCode()
    .then(({ userCode }) => authority.entra.approveDevice(userCode, user));
  const call = { ...recordedCall(), keyGuard };
  const [{ account }] = await Promise.all([acquireToken(userSignIn({}, true), call), approved]);
  expect(account.identifier).toBe(user.userPrincipalName);
  expect(call.warned).toEqual([]);
});

describe('The cmdlet', () => {
  const credential = (userName: string) =>
    ({ $type: 'System.Management.Automation.PSCredential', userName, password: secret }) as const;
  const Scopes = [`${graph}/.default`];

  test.each<[string, NewSecMgmtAccessTokenParameters, Partial<SignInRequest>]>([
    [
      'User',
      { parameterSetName: 'User', ApplicationId: commandLineClientId, Scopes },
      { flow: { kind: 'interactive' }, tenant: 'organizations', clientId: commandLineClientId },
    ],
    [
      'User with a device code',
      { parameterSetName: 'User', ApplicationId: commandLineClientId, Scopes, UseDeviceAuthentication: true },
      { flow: { kind: 'deviceCode' } },
    ],
    [
      'RefreshToken without an application',
      { parameterSetName: 'RefreshToken', RefreshToken: 'r', Scopes },
      { flow: { kind: 'refreshToken', refreshToken: 'r' }, clientId: commandLineClientId },
    ],
    [
      'ServicePrincipal',
      {
        parameterSetName: 'ServicePrincipal',
        ApplicationId: commandLineClientId,
        Credential: credential(commandLineClientId),
        ServicePrincipal: true,
        Tenant: 'contoso.example',
        Scopes,
      },
      { flow: { kind: 'clientCredentials', proof: { kind: 'secret', secret } }, tenant: 'contoso.example' },
    ],
    [
      'ServicePrincipalCertificate for a person',
      {
        parameterSetName: 'ServicePrincipalCertificate',
        ApplicationId: commandLineClientId,
        CertificateThumbprint: 'AB'.repeat(20),
        Tenant: 'contoso.example',
        UseAuthorizationCode: true,
        Scopes,
      },
      { flow: { kind: 'interactive', proof: { kind: 'certificate', thumbprint: 'AB'.repeat(20) } } },
    ],
  ])('in the set %s signs in so', (_set, parameters, expected) => {
    const { plan } = newAccessToken().begin({}, new AbortController().signal).prepare(parameters);
    expect(plan).toMatchObject({ request: { ...expected, scope: `${graph}/.default` } });
  });

  test.each<[string, NewSecMgmtAccessTokenParameters, string]>([
    [
      'two flows at once',
      {
        parameterSetName: 'User',
        ApplicationId: commandLineClientId,
        Scopes,
        UseAuthorizationCode: true,
        UseDeviceAuthentication: true,
      },
      'ConflictingFlows',
    ],
    [
      '-ServicePrincipal without a proof',
      { parameterSetName: 'RefreshToken', RefreshToken: 'r', Scopes, ServicePrincipal: true },
      'ClientCredentialsRequired',
    ],
    [
      'a token in the place of a scope',
      { parameterSetName: 'RefreshToken', RefreshToken: 'r', Scopes: ['eyJhbGciOi.eyJ.x'] },
      'InvalidScope',
    ],
    ['no scope at all', { parameterSetName: 'RefreshToken', RefreshToken: 'r', Scopes: [' '] }, 'InvalidScope'],
  ])('refuses %s', async (_what, parameters, errorId) => {
    const error = await runCmdlet(newAccessToken(), [parameters]).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ details: { errorId } });
    expect(String(error)).not.toContain('eyJ');
  });
});
