import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { type Entra, startEntra } from 'fake-entra/entra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownModule } from '../../packages/ts-cmdlet/test/support/own-module.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// A certificate is found as .NET's X509Store finds it, and signs in PowerShell's process: environments.test.ts has it work
// in every cloud. Here is what is told when it can't.

const dayMs = 24 * 60 * 60 * 1000;
const daysFromNow = (days: number) => new Date(Date.now() + days * dayMs);

let entra: Entra;
let shell: SignInShell;

beforeAll(async () => {
  entra = await startEntra();
  shell = await startSignInShell(entra);
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** Tries to connect, and gives the error; nobody may have been asked. */
async function errorOf(thumbprint: string) {
  entra.log.clear();
  const { id } = entra.directory.tenantOf('AzureCloud');
  const { clientId } = entra.directory.addApplication();
  const call = `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint '${thumbprint}' -Tenant ${id}`;
  const { error } = await shell.record(call);
  expect(error.target).toBe(thumbprint);
  expect(error.message).toContain(thumbprint);
  expect(error.action).not.toBe('');
  expect(entra.log.requests()).toEqual([]);
  return error;
}

test('that is not there', async () => {
  const error = await errorOf('0123456789ABCDEF0123456789ABCDEF01234567');
  expect(error).toMatchObject({ id: 'CertificateNotFound,Connect-SecMgmtAccount', category: 'ObjectNotFound' });
});

describe('that is there', () => {
  async function install(options: Parameters<typeof createClientCertificate>[0], withoutKey = false) {
    const certificate = await createClientCertificate(options);
    await shell.install(certificate, { withoutKey });
    return certificate;
  }

  test('without its private key', async () => {
    const { thumbprint } = await install({}, true);
    expect(await errorOf(thumbprint)).toMatchObject({
      id: 'CertificateHasNoPrivateKey,Connect-SecMgmtAccount',
      category: 'PermissionDenied',
    });
  });

  test('and has expired', async () => {
    const { thumbprint, notAfter } = await install({ notBefore: daysFromNow(-30), notAfter: daysFromNow(-2) });
    const error = await errorOf(thumbprint);
    expect(error).toMatchObject({ id: 'CertificateExpired,Connect-SecMgmtAccount', category: 'SecurityError' });
    expect(error.message).toContain(notAfter.toISOString().slice(0, 10));
  });

  test('and is not valid yet', async () => {
    const { thumbprint, notBefore } = await install({ notBefore: daysFromNow(2), notAfter: daysFromNow(30) });
    const error = await errorOf(thumbprint);
    expect(error).toMatchObject({ id: 'CertificateNotYetValid,Connect-SecMgmtAccount', category: 'SecurityError' });
    expect(error.message).toContain(notBefore.toISOString().slice(0, 10));
  });

  test('and is not one of the application', async () => {
    const { thumbprint } = await install({});
    const { clientId } = entra.directory.addApplication({ certificates: [await createClientCertificate()] });
    const { id } = entra.directory.tenantOf('AzureCloud');
    const { error } = await shell.record(
      `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${thumbprint} -Tenant ${id}`,
    );
    expect(error.id).toBe('CertificateNotRegistered,Connect-SecMgmtAccount');
    expectNoSecrets(entra);
  });

  test('under a thumbprint with blanks and colons, as dialogs show it', async () => {
    const certificate: ClientCertificate = await install({});
    const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
    const { id } = entra.directory.tenantOf('AzureCloud');
    const spelled = certificate.thumbprint.toLowerCase().replace(/(..)(?=.)/g, '$1:');
    const recorded = await shell.record(
      `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint '${spelled}' -Tenant ${id}`,
    );
    expect(recorded.output).toMatchObject({ Account: { Type: 'Certificate', Identifier: clientId } });
  });
});

// No two certificates with one SHA-1 thumbprint can be had, so what chooses is asked with stand-ins.
test('of which there are several', async () => {
  const script = `
    $copy = { param($bytes) [pscustomobject] @{ HasPrivateKey = $true; RawData = [byte[]] $bytes } }
    $candidates = (& $copy 1, 2), (& $copy 1, 3)
    & ${ownModule('SecMgmt')} { param($c) Select-SigningCertificate $c 'ABC' ([datetime]::Now) } $candidates`;
  expect((await shell.record(script)).error).toMatchObject({ id: 'CertificateAmbiguous', category: 'InvalidData' });
});

test('the private key never leaves PowerShell: neither its bytes nor its file', async () => {
  const certificate = await createClientCertificate();
  await shell.install(certificate);
  const { clientId } = entra.directory.addApplication({ certificates: [certificate] });
  const { id } = entra.directory.tenantOf('AzureCloud');
  await shell.record(
    `Connect-SecMgmtAccount -ServicePrincipal -ApplicationId ${clientId} -CertificateThumbprint ${certificate.thumbprint} -Tenant ${id}`,
  );
  // The authority has seen the assertion: signed, by the certificate, for its own token endpoint, valid for minutes.
  const [exchange] = entra.log.to('/oauth2/v2.0/token').slice(-1);
  const form = new URLSearchParams(exchange?.request.body.toString());
  const [header = '', claims = ''] = (form.get('client_assertion') ?? '').split('.').map(part => {
    return Buffer.from(part, 'base64url').toString();
  });
  expect(JSON.parse(header)).toEqual({
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url'),
  });
  const { aud, iss, sub, exp, nbf } = JSON.parse(claims);
  expect({ aud, iss, sub }).toEqual({
    aud: `https://login.microsoftonline.com/${id}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
  });
  expect(exp - nbf).toBeLessThanOrEqual(600);
  expect(form.has('client_secret')).toBe(false);
});
