import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { Application } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type FederatedIssuer, startFederatedIssuer } from 'fake-entra/federated-issuer';
import { arcTokenFolder, type ManagedIdentityEndpoint, startManagedIdentity } from 'fake-entra/managed-identity';
import { quote } from 'powershell-driver/session';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { urlOfNoProxy } from './network-front-proxy.ts';
import { Context, expectNoSecrets, type Recorded, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Connect-SecMgmtWorkload, against endpoints that speak as those of Azure's resources and of GitHub do. What the other
// providers of federated tokens do is in test/auth/federated-token.test.ts.

const resourceId =
  '/subscriptions/00001111-aaaa-2222-bbbb-3333cccc4444/resourcegroups/contoso/providers/Microsoft.ManagedIdentity/userAssignedIdentities/reports';

let entra: Entra;
let endpoint: ManagedIdentityEndpoint;
let issuer: FederatedIssuer;
let trusting: Application;
let shell: SignInShell;
let system: Application;
let user: Application;
let tenant: string;

beforeAll(async () => {
  entra = await startEntra();
  tenant = entra.directory.tenantOf('AzureCloud').id;
  // Azure's own way to vouch for an identity; nobody else has these secrets.
  system = entra.directory.addApplication({ secrets: [{ value: 'system~identity' }] });
  user = entra.directory.addApplication({ secrets: [{ value: 'user~identity' }] });
  entra.graph.collections.set('/v1.0/things', { items: [{ id: '1' }] });
  endpoint = await startManagedIdentity(entra, { system, user, userResourceId: resourceId });
  issuer = await startFederatedIssuer(entra);
  trusting = entra.directory.addApplication({ federatedCredentials: [issuer.credential] });
  shell = await startSignInShell(entra);
});

afterEach(() => {
  entra.log.clear();
  endpoint.requests.splice(0);
  issuer.requests.splice(0);
});

afterAll(async () => {
  expectNoSecrets(entra, [...endpoint.secrets, ...issuer.secrets]);
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await endpoint?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** Calls in the environment of a resource, which is the session's from then on. */
async function recordOn(environment: Readonly<Record<string, string>>, call: string): Promise<Recorded> {
  const settings = Object.entries(environment).map(([name, value]) => `$env:${name} = ${quote(value)}`);
  await shell.shell.show(settings.join('; '));
  return await shell.record(call);
}

function expectConnected(recorded: Recorded, { servicePrincipalId, clientId }: Application): void {
  expect(Value.Parse(Context, recorded.output).Account).toEqual({
    ObjectId: servicePrincipalId,
    Identifier: clientId,
    Tenant: tenant,
    Type: 'ManagedService',
    ExtendedProperties: {},
  });
}

const connect = 'Connect-SecMgmtWorkload -Identity -Verbose';

describe('The system-assigned identity', () => {
  test('of App Service connects, requests go out as it, and its token is renewed', async () => {
    expectConnected(await recordOn(endpoint.appService, connect), system);
    expect(endpoint.requests).toEqual([
      {
        path: '/msi/token',
        query: { 'api-version': '2019-08-01', resource: 'https://graph.microsoft.com', xms_cc: 'CP1' },
        headers: expect.objectContaining({ 'x-identity-header': endpoint.appService.IDENTITY_HEADER }),
      },
    ]);
    const things = await shell.record('(Invoke-SecMgmtRequest /things).id');
    expect(things.texts('output')).toEqual(['1']);
    expect(endpoint.requests).toHaveLength(1);
    expectConnected(await shell.record('Get-SecMgmtContext -Refresh'), system);
    expect(endpoint.requests).toHaveLength(2);
    const other = await shell.record('Invoke-SecMgmtRequest /subscriptions?api-version=2022-12-01 -Endpoint Azure');
    expect(other.texts('error').join()).not.toContain('managed identity');
    expect(endpoint.requests[2]?.query.resource).toBe('https://management.azure.com');
  });

  test('of a virtual machine connects in the session in which another resource was there before', async () => {
    expectConnected(await recordOn(endpoint.appService, connect), system);
    expectConnected(await recordOn(endpoint.imds, connect), system);
    // MSAL adds a slash to an address that is not Azure's own.
    const paths = ['/msi/token', '/metadata/identity/oauth2/token/'];
    expect(endpoint.requests.map(({ path }) => path)).toEqual(paths);
    expect(Object.keys(endpoint.requests[1]?.headers ?? {})).not.toContain('x-client-sku');
  });

  const mayBeArc = process.platform === 'linux' && canMake('/var/opt');
  test.runIf(mayBeArc)('of a server with Azure Arc connects by the file that it is told of', async () => {
    await mkdir(arcTokenFolder, { recursive: true });
    try {
      expectConnected(await recordOn(endpoint.arc, connect), system);
      expect(endpoint.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true]);
    } finally {
      await rm('/var/opt/azcmagent', { recursive: true });
    }
  });

  test.runIf(process.platform === 'linux')(
    'of a server with Azure Arc does not, where the file cannot be had',
    async () => {
      endpoint.answerNext(401, '', { 'www-authenticate': 'Basic realm=/etc/passwd' });
      const { error } = await recordOn(endpoint.arc, connect);
      expect(error).toMatchObject({ id: 'ManagedIdentityUnavailable,Connect-SecMgmtWorkload' });
    },
  );
});

describe('A user-assigned identity', () => {
  test.each([
    ['its application id', () => `-ApplicationId '{${user.clientId.toUpperCase()}}'`],
    ['its object id', () => `-ObjectId ${user.servicePrincipalId}`],
    ['its resource id', () => `-ResourceId ${resourceId}`],
  ])('connects by %s, on App Service and on a virtual machine', async (_what, parameter) => {
    for (const resource of [endpoint.appService, endpoint.imds]) {
      expectConnected(await recordOn(resource, `${connect} ${parameter()}`), user);
    }
  });

  test('that is not assigned to the resource is an error in the words of the endpoint', async () => {
    const call = `${connect} -ApplicationId ${system.clientId}`;
    for (const [resource, words] of [
      [endpoint.appService, '400 No User Assigned Identity found.'],
      [endpoint.imds, '400 invalid_request: Identity not found'],
    ] as const) {
      const { error } = await recordOn(resource, call);
      expect(error).toMatchObject({
        id: 'ManagedIdentityRefused,Connect-SecMgmtWorkload',
        category: 'AuthenticationError',
        message: `${new URL(Object.values(resource).find(value => value.startsWith('http')) ?? '').host} gives no token of a managed identity (${words}).`,
        action: expect.stringContaining('assigned to it'),
      });
    }
  });

  test.each([
    ['-ApplicationId nobody', 'InvalidApplicationId'],
    ['-ObjectId nobody', 'InvalidObjectId'],
    ['-ResourceId /subscriptions/1', 'InvalidResourceId'],
    [`-ObjectId 00001111-aaaa-2222-bbbb-3333cccc4444 -ResourceId ${resourceId}`, 'ConflictingIdentities'],
  ])('%s is %s, and nobody is asked', async (parameters, id) => {
    const { error } = await recordOn(endpoint.imds, `${connect} ${parameters}`);
    expect(error).toMatchObject({ id: `${id},Connect-SecMgmtWorkload`, category: 'InvalidArgument' });
    expect(endpoint.requests).toEqual([]);
  });
});

describe('Without a managed identity', () => {
  test('where nobody answers, the error says where one is', async () => {
    const gone = await urlOfNoProxy(entra);
    const { error } = await recordOn({ ...endpoint.imds, AZURE_POD_IDENTITY_AUTHORITY_HOST: gone }, connect);
    expect(error).toMatchObject({
      id: 'ManagedIdentityUnavailable,Connect-SecMgmtWorkload',
      category: 'ResourceUnavailable',
      message: expect.stringMatching(/^No managed identity can be had here: 127\.0\.0\.1:\d+ cannot be reached/),
      action: expect.stringContaining('Connect-SecMgmtAccount'),
    });
  });

  test('where its variables are wrong, the error says which', async () => {
    const { error } = await recordOn({ ...endpoint.appService, IDENTITY_ENDPOINT: 'no address' }, connect);
    expect(error.id).toBe('ManagedIdentityUnavailable,Connect-SecMgmtWorkload');
    expect(error.message).toContain('IDENTITY_ENDPOINT');
  });

  test.each([
    ['a page', 200, '<html>sign in</html>'],
    ['no token', 200, '{"token_type":"Bearer","expires_on":"1900000000"}'],
    ['a token of another type', 200, '{"access_token":"a","token_type":"pop","expires_on":"1900000000"}'],
    ['no end', 200, '{"access_token":"a","token_type":"Bearer","expires_on":"soon"}'],
    ['a page that refuses', 403, '<html>no</html>'],
  ])('an answer that is %s is not taken', async (_what, status, body) => {
    endpoint.answerNext(status, body);
    const { error } = await recordOn(endpoint.imds, connect);
    expect(error.id).toBe('AuthorityAnswerInvalid,Connect-SecMgmtWorkload');
  });
});

test('-WhatIf asks nobody, and says as whom', async () => {
  await recordOn(endpoint.imds, '');
  const screen = await shell.shell.show(
    `Connect-SecMgmtWorkload -WhatIf; Connect-SecMgmtWorkload -ResourceId ${resourceId} -WhatIf`,
  );
  expect(screen).toContain(
    'What if: Performing the operation "Sign in as the system-assigned managed identity of this resource: scope https://graph.microsoft.com/.default" on target "AzureCloud".',
  );
  expect(screen).toContain(`as the user-assigned managed identity ${resourceId}`);
  expect(endpoint.requests).toEqual([]);
});

describe('A job of GitHub Actions', () => {
  const none = { AZURE_CLIENT_ID: '', AZURE_TENANT_ID: '' };
  const federated = 'Connect-SecMgmtWorkload -Federated -Verbose';
  const account = () => ({ ObjectId: trusting.servicePrincipalId, Identifier: trusting.clientId, Tenant: tenant });

  test('connects as the application that trusts it, and its token is renewed by a new federated one', async () => {
    const call = `${federated} -ApplicationId ${trusting.clientId} -Tenant ${tenant}`;
    const recorded = await recordOn({ ...issuer.gitHub, ...none }, call);
    expect(Value.Parse(Context, recorded.output).Account).toMatchObject({ ...account(), Type: 'ServicePrincipal' });
    expect((await shell.record('Get-SecMgmtContext -Refresh')).texts('error')).toEqual([]);
    expect(issuer.requests).toHaveLength(2);
    expect((await shell.record('(Invoke-SecMgmtRequest /things).id')).texts('output')).toEqual(['1']);
  });

  test('may have the application and the tenant in its environment', async () => {
    const names = { AZURE_CLIENT_ID: trusting.clientId, AZURE_TENANT_ID: tenant };
    const recorded = await recordOn({ ...issuer.gitHub, ...names }, federated);
    expect(Value.Parse(Context, recorded.output).Account).toMatchObject(account());
  });

  test.each([
    ['the application', () => `-Tenant ${tenant}`, 'ApplicationIdRequired', '-ApplicationId'],
    ['the tenant', () => `-ApplicationId ${trusting.clientId}`, 'TenantRequired', '-Tenant'],
  ])('without %s is told what to pass, and nobody is asked', async (_what, parameters, id, parameter) => {
    const { error } = await recordOn({ ...issuer.gitHub, ...none }, `${federated} ${parameters()}`);
    expect(error).toMatchObject({ id: `${id},Connect-SecMgmtWorkload`, action: `Pass ${parameter}.` });
    expect(issuer.requests).toEqual([]);
  });

  test('asks nobody under -WhatIf, and says as whom', async () => {
    await recordOn({ ...issuer.gitHub, ...none }, '');
    const call = `Connect-SecMgmtWorkload -Federated -ApplicationId ${trusting.clientId} -Tenant ${tenant} -WhatIf`;
    expect(await shell.shell.show(call)).toContain(
      `What if: Performing the operation "Sign in as the application itself with a federated token of GitHub Actions: client id ${trusting.clientId}, scope https://graph.microsoft.com/.default" on target "tenant ${tenant} of AzureCloud".`,
    );
    expect(issuer.requests).toEqual([]);
  });

  test('that is none is told so', async () => {
    const nothing = Object.fromEntries(Object.keys(issuer.gitHub).map(name => [name, '']));
    const { error } = await recordOn(nothing, federated);
    expect(error).toMatchObject({
      id: 'FederatedTokenUnavailable,Connect-SecMgmtWorkload',
      category: 'ResourceUnavailable',
    });
  });
});

function canMake(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return !existsSync(arcTokenFolder);
  } catch {
    return false;
  }
}
