import type { AadstsCode } from 'fake-entra/aadsts';
import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ExpectedError, expectError } from './network-sign-in.ts';
import { Context, expectNoSecrets, type Recorded, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// What the authority refuses, as a user sees it: plain words and what to do, the authority's code, ids and time for
// support, and the next call works.

const authentication = 'System.Security.Authentication.AuthenticationException';
const Refusal = Type.Object({
  correlation_id: Type.String(),
  trace_id: Type.String(),
  timestamp: Type.String(),
  error_description: Type.String(),
});

let entra: Entra;
let shell: SignInShell;
let tenantId: string;
let user: User;

beforeAll(async () => {
  entra = await startEntra();
  entra.settings.deviceCodeInterval = 1;
  shell = await startSignInShell(entra);
  tenantId = entra.directory.tenantOf('AzureCloud').id;
  user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
});

afterEach(() => {
  user.blockedBy = undefined;
  user.blockedAt = 'sign-in';
  entra.faults.clear();
  entra.log.clear();
  expect(entra.failures).toEqual([]);
});

afterAll(async () => {
  expectNoSecrets(entra);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

interface Expected {
  readonly id: string;
  readonly category: string;
  readonly exception?: string;
  readonly target?: string;
  readonly code: AadstsCode;
  readonly message: string;
  readonly action: string | RegExp;
  readonly isRetriable?: boolean;
}

/** Checks the error, and its facts against what went over the wire. */
function expectRefusal(recorded: Recorded, expected: Expected): void {
  const { id, category, exception = authentication, target = tenantId, code, message, action } = expected;
  const exchange = entra.log.exchanges.findLast(({ response }) => response !== undefined && response.status >= 400);
  if (exchange === undefined) throw new Error('The authority refused nothing.');
  const refusal = Value.Parse(Refusal, JSON.parse(exchange.response?.body.toString() ?? ''));
  const error: ExpectedError = {
    id,
    category,
    exception,
    target,
    message: `${message} (AADSTS${code})`,
    action,
    data: {
      ErrorCode: `AADSTS${code}`,
      // Only the question for the configuration has none of its own.
      CorrelationId: exchange.request.query.get('client-request-id') ?? refusal.correlation_id,
      TraceId: refusal.trace_id,
      Timestamp: refusal.timestamp,
      AuthorityMessage: refusal.error_description.split(' Trace ID:')[0] ?? '',
      IsRetriable: expected.isRetriable ? 'True' : 'False',
    },
  };
  expectError(recorded, error);
  expect(String(exchange.response?.headers['x-ms-request-id'])).toBe(refusal.trace_id);
}

/** The same call succeeds as a user. */
async function expectUser(call: string): Promise<void> {
  expect(Value.Parse(Context, (await shell.record(call)).output).Account.ObjectId).toBe(user.objectId);
}

const refreshCall = (token: string, clientId = commandLineClientId, tenant = tenantId) =>
  `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${clientId} -Tenant ${tenant}`;

describe('A user with a refresh token', () => {
  test.each<Expected>([
    {
      id: 'ConsentRequired',
      category: 'PermissionDenied',
      code: 65001,
      message: `Nobody has consented to what application ${commandLineClientId} asks for.`,
      action: 'Connect interactively once and consent, or ask an administrator of the tenant to consent for all.',
    },
    {
      id: 'ConsentRequired',
      category: 'PermissionDenied',
      code: 90094,
      message: `What application ${commandLineClientId} asks for needs an administrator's consent.`,
      action: 'Ask an administrator of the tenant to consent for all.',
    },
    {
      id: 'MultiFactorRequired',
      category: 'AuthenticationError',
      code: 50076,
      message: 'The tenant asks for multifactor authentication, which a refresh token cannot give.',
      action: 'Connect interactively: Connect-SecMgmtAccount without a token, or with -UseDeviceAuthentication.',
    },
    {
      id: 'AccountDisabled',
      category: 'AuthenticationError',
      code: 50057,
      message: 'The account is disabled.',
      action: 'Sign in with another account, or ask an administrator of the tenant to enable this one.',
    },
    {
      id: 'ConditionalAccessBlocked',
      category: 'PermissionDenied',
      code: 53003,
      message: 'A Conditional Access policy of the tenant blocks this sign-in, by device, place, risk or application.',
      action: 'Sign in from a device and a network that the policy allows, or ask an administrator of the tenant.',
    },
  ])('is told of AADSTS$code', async expected => {
    const call = refreshCall(await entra.issueRefreshToken(user, commandLineClientId));
    user.blockedBy = expected.code;
    expectRefusal(await shell.record(call), expected);
    user.blockedBy = undefined;
    await expectUser(call);
  });

  test('is told that the cloud does not know the tenant’s Graph', async () => {
    const call = refreshCall(await entra.issueRefreshToken(user, commandLineClientId));
    user.blockedBy = 500011;
    expectRefusal(await shell.record(call), {
      id: 'ResourceNotFound',
      category: 'ObjectNotFound',
      code: 500011,
      message: `Tenant ${tenantId} of AzureCloud does not know https://graph.microsoft.com/.default.`,
      action: 'Check -Environment: the tenant may be in another cloud.',
    });
  });

  test.each([
    [50173, 'RefreshTokenRevoked', 'The refresh token was revoked, as after a new password or a sign-out everywhere.'],
    [700082, 'RefreshTokenExpired', 'The refresh token has expired.'],
  ] as const)('is told that it was taken back (AADSTS%i)', async (code, id, message) => {
    const refreshToken = await entra.issueRefreshToken(user, commandLineClientId);
    expect(entra.revokeRefreshTokens({ refreshToken }, code)).toBe(1);
    expectRefusal(await shell.record(refreshCall(refreshToken)), {
      id,
      category: 'AuthenticationError',
      code,
      message,
      action: 'Connect interactively, or get a new refresh token and pass that.',
    });
    await expectUser(refreshCall(await entra.issueRefreshToken(user, commandLineClientId)));
  });

  test('is told that it is none', async () => {
    expectRefusal(await shell.record(refreshCall('not-a-refresh-token')), {
      id: 'RefreshTokenInvalid',
      category: 'AuthenticationError',
      code: 9002313,
      message: `The refresh token is not good for tenant ${tenantId} and application ${commandLineClientId}.`,
      action: 'Pass the whole refresh token, with the application id and the tenant that it was issued for.',
    });
  });

  test('is told that it is of another application', async () => {
    const { clientId } = entra.directory.addApplication({ publicClient: true });
    const refreshToken = await entra.issueRefreshToken(user, commandLineClientId);
    expectRefusal(await shell.record(refreshCall(refreshToken, clientId)), {
      id: 'RefreshTokenInvalid',
      category: 'AuthenticationError',
      code: 70000,
      message: `The refresh token is not good for tenant ${tenantId} and application ${clientId}.`,
      action: 'Pass the whole refresh token, with the application id and the tenant that it was issued for.',
    });
  });

  test('is told that the account is in another tenant', async () => {
    const { id: other } = entra.directory.addTenant({ environment: 'AzureCloud' });
    const refreshToken = await entra.issueRefreshToken(user, commandLineClientId);
    expectRefusal(await shell.record(refreshCall(refreshToken, commandLineClientId, other)), {
      id: 'UserNotInTenant',
      category: 'AuthenticationError',
      target: other,
      code: 50020,
      message: `The account is not in tenant ${other}.`,
      action: 'Sign in with an account of the tenant, pass another -Tenant, or have the account invited as a guest.',
    });
  });

  test('is told that the application has to prove itself', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'never~passed' }] });
    const refreshToken = await entra.issueRefreshToken(user, clientId);
    expectRefusal(await shell.record(refreshCall(refreshToken, clientId)), {
      id: 'PublicClientNotAllowed',
      category: 'AuthenticationError',
      code: 7000218,
      message: `Application ${clientId} is a confidential client: it has to prove itself.`,
      action: /^Pass its secret with -Credential or its certificate with -CertificateThumbprint, or allow public/,
    });
  });

  test('is told that the application may not prove itself', async () => {
    const { clientId } = entra.directory.addApplication({ publicClient: true });
    const refreshToken = await entra.issueRefreshToken(user, clientId);
    const call = `${refreshCall(refreshToken, clientId)} -Credential (New-ClientCredential ${clientId} 'uncalled~for')`;
    expectRefusal(await shell.record(call), {
      id: 'ClientIsPublic',
      category: 'AuthenticationError',
      code: 700025,
      message: `Application ${clientId} is a public client, so it may not prove itself by a secret or a certificate.`,
      action: 'Leave -Credential and -CertificateThumbprint out.',
    });
  });
});

describe('An application', () => {
  const call = (clientId: string, secret: string, tenant = tenantId) =>
    `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} '${secret}') -Tenant ${tenant}`;

  test('is told that its secret is wrong', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'right~secret' }] });
    const recorded = await shell.record(call(clientId, 'wrong~secret'));
    expectRefusal(recorded, {
      id: 'ClientSecretInvalid',
      category: 'AuthenticationError',
      code: 7000215,
      message: `The client secret is not one of application ${clientId}.`,
      action: /^Pass the secret's value, not its id, as the password of -Credential/,
    });
    expect(JSON.stringify(recorded.written)).not.toContain('wrong~secret');
    expect((await shell.record(call(clientId, 'right~secret'))).texts('error')).toEqual([]);
  });

  test('is told that its secret has expired', async () => {
    const expiresOn = new Date(Date.now() - 1000);
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'old~secret', expiresOn }] });
    expectRefusal(await shell.record(call(clientId, 'old~secret')), {
      id: 'ClientSecretExpired',
      category: 'AuthenticationError',
      code: 7000222,
      message: `The client secret of application ${clientId} has expired.`,
      action: 'Add a new secret in the app registration and pass that.',
    });
  });

  test('is told that the tenant does not know it', async () => {
    const clientId = '00001111-aaaa-2222-bbbb-3333cccc4444';
    expectRefusal(await shell.record(call(clientId, 'any~secret')), {
      id: 'ApplicationNotFound',
      category: 'ObjectNotFound',
      code: 700016,
      message: `Application ${clientId} is not in tenant ${tenantId} of AzureCloud.`,
      action: /^Check the application id, -Tenant and -Environment; an administrator may have to add/,
    });
  });

  test.each(['aaaabbbb-0000-cccc-1111-dddd2222eeee', 'nowhere.onmicrosoft.com'])(
    'is told that there is no tenant %s',
    async tenant => {
      const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'tenant~secret' }] });
      expectRefusal(await shell.record(call(clientId, 'tenant~secret', tenant)), {
        id: 'TenantNotFound',
        category: 'ObjectNotFound',
        target: tenant,
        code: 90002,
        message: `There is no tenant ${tenant} in AzureCloud.`,
        action: 'Check -Tenant, and -Environment: the tenant may be in another cloud.',
      });
    },
  );

  test('is told that the tenant is in another cloud, where the cloud is asked for its configuration', async () => {
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'cloud~secret' }] });
    expectRefusal(await shell.record(`${call(clientId, 'cloud~secret')} -Environment AzurePPE`), {
      id: 'TenantNotFound',
      category: 'ObjectNotFound',
      code: 90002,
      message: `There is no tenant ${tenantId} in AzurePPE.`,
      action: 'Check -Tenant, and -Environment: the tenant may be in another cloud.',
    });
    expect(entra.log.to('/token')).toEqual([]);
  });
});

describe('A device code', () => {
  const call = 'Connect-SecMgmtAccount -UseDeviceAuthentication';
  const noTenant = (tenant: string, environment: string): Expected => ({
    id: 'TenantNotFound',
    category: 'ObjectNotFound',
    target: tenant,
    code: 90002,
    message: `There is no tenant ${tenant} in ${environment}.`,
    action: 'Check -Tenant, and -Environment: the tenant may be in another cloud.',
  });

  test.each([
    ['AzureCloud', '/devicecode'],
    ['AzurePPE', '/openid-configuration'],
  ])('of a tenant that %s does not know is not given', async (environment, refusing) => {
    const recorded = await shell.record(`${call} -Tenant nosuch.onmicrosoft.com -Environment ${environment}`);
    expectRefusal(recorded, noTenant('nosuch.onmicrosoft.com', environment));
    expect(recorded.texts('warning')).toEqual([]);
    expect(entra.log.exchanges.map(({ request }) => request.path)).toEqual([expect.stringContaining(refusing)]);
    await expectUser(refreshCall(await entra.issueRefreshToken(user, commandLineClientId)));
  });

  test('of a tenant that is not known is not given instead of a browser either', async () => {
    const recorded = await shell.record('Connect-SecMgmtAccount -Tenant nosuch.onmicrosoft.com');
    expectRefusal(recorded, noTenant('nosuch.onmicrosoft.com', 'AzureCloud'));
    expect(recorded.texts('warning')).toEqual([expect.stringMatching(/^No browser can be opened here/)]);
  });

  test.each<Expected>([
    {
      id: 'ConditionalAccessBlocked',
      category: 'PermissionDenied',
      code: 53003,
      message: 'A Conditional Access policy of the tenant blocks this sign-in, by device, place, risk or application.',
      action: /^Sign in from a device and a network that the policy allows/,
    },
    {
      id: 'MultiFactorRequired',
      category: 'AuthenticationError',
      code: 50076,
      message: 'The tenant asks for multifactor authentication, and it was not done.',
      action: /^Connect again and answer the second question/,
    },
  ])('that was approved by a user who gets no token ends in AADSTS$code', async expected => {
    user.blockedAt = 'token';
    const person = entra.nextDeviceCode().then(async ({ userCode }) => {
      await entra.approveDevice(userCode, user);
      user.blockedBy = expected.code;
    });
    const recorded = await shell.record(`${call} -Tenant ${tenantId}`);
    await person;
    expectRefusal(recorded, expected);
  });
});
