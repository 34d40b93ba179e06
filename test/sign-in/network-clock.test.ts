import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { commandLineClientId } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApplicationSignIn, expectError } from './network-sign-in.ts';
import { Context, expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// A computer whose clock differs from the authority's. Tokens last for as long as the authority says, whatever the clock;
// what the computer signs has a time in it, and there the error names the clock.

let entra: Entra;
let shell: SignInShell;
let certificate: ClientCertificate;

beforeAll(async () => {
  [entra, certificate] = await Promise.all([startEntra(), createClientCertificate()]);
  shell = await startSignInShell(entra);
  await shell.install(certificate);
});

afterEach(() => {
  entra.clock.skewSeconds = 0;
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

describe.each([
  ['an hour behind', 3600, '60 min behind'],
  ['two hours ahead of', -7200, '120 min ahead of'],
])('%s the authority', (_how, skewSeconds, told) => {
  test('an application signs in with its secret', async () => {
    const signIn = new ApplicationSignIn(entra);
    entra.clock.skewSeconds = skewSeconds;
    await signIn.succeeds(shell);
  });

  test('a user signs in with a refresh token', async () => {
    const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
    const user = entra.directory.addUser({ tenantId, userPrincipalName: `u${skewSeconds}@clock.example` });
    const token = await entra.issueRefreshToken(user, commandLineClientId);
    entra.clock.skewSeconds = skewSeconds;
    const call = `Connect-SecMgmtAccount -RefreshToken '${token}' -ApplicationId ${commandLineClientId}`;
    const context = Value.Parse(Context, (await shell.record(call)).output);
    expect(context.Account).toMatchObject({ ObjectId: user.objectId, Tenant: tenantId });
  });

  test('a certificate does not do, and the error says by how much the clock is wrong', async () => {
    const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
    const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
    const call = `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${tenantId}`;
    entra.clock.skewSeconds = skewSeconds;
    expectError(await shell.record(call), {
      id: 'ClockSkewed',
      category: 'AuthenticationError',
      exception: 'System.Security.Authentication.AuthenticationException',
      target: tenantId,
      message: `What was signed is outside of its time: this computer's clock is ${told} the authority's. (AADSTS700024)`,
      action: 'Set the clock of this computer, then try again.',
      data: { ErrorCode: 'AADSTS700024', IsRetriable: 'False' },
    });
    entra.clock.skewSeconds = 0;
    expect(Value.Parse(Context, (await shell.record(call)).output).Account.Type).toBe('Certificate');
  });
});

test.each([-240, 240])('a certificate does within the authority’s leeway (%s s)', async skewSeconds => {
  const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  entra.clock.skewSeconds = skewSeconds;
  const call = `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${tenantId}`;
  expect(Value.Parse(Context, (await shell.record(call)).output).Account.Type).toBe('Certificate');
});

test('leaves no secret in anything that was written', () => expectNoSecrets(entra));
