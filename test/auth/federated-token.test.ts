import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type FederatedIssuer, startFederatedIssuer } from 'fake-entra/federated-issuer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuthError } from '../../src/auth/auth-error.ts';
import { federatedTokenProvider } from '../../src/auth/flows/federated-token.ts';
import { type FederatedTokenProvider, federatedSignIn } from '../../src/auth/sign-in-request.ts';
import { type InProcess, recordedCall, startInProcess } from './in-process.ts';

// Workloads that another issuer vouches for: "Workload identity federation", with what GitHub Actions, Azure Pipelines and
// Kubernetes document of their jobs and pods.

const variables = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'GITHUB_ACTIONS',
  'SYSTEM_OIDCREQUESTURI',
  'SYSTEM_ACCESSTOKEN',
  'AZURE_FEDERATED_TOKEN_FILE',
];

let authority: InProcess;
let issuer: FederatedIssuer;
let clientId: string;
let tenant: string;
let folder: string;
let file: string;

beforeAll(async () => {
  authority = await startInProcess();
  issuer = await startFederatedIssuer(authority.entra);
  const { directory } = authority.entra;
  tenant = directory.tenantOf('AzureCloud').id;
  clientId = directory.addApplication({ federatedCredentials: [issuer.credential] }).clientId;
});

beforeEach(async () => {
  for (const name of variables) vi.stubEnv(name, '');
  folder = await mkdtemp(path.join(tmpdir(), 'federated-'));
  file = path.join(folder, 'token');
});

afterEach(async () => {
  issuer.requests.splice(0);
  authority.entra.log.clear();
  await rm(folder, { recursive: true, force: true });
});

afterAll(async () => {
  expect(authority.entra.failures).toEqual([]);
  await authority?.[Symbol.asyncDispose]();
});

function stubAll(environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

/** The environment of a job, or of a pod with a token in its file. */
async function environmentOf(provider: FederatedTokenProvider): Promise<Readonly<Record<string, string>>> {
  if (provider === 'GitHub') return issuer.gitHub;
  if (provider === 'AzurePipelines') return issuer.azurePipelines;
  await writeFile(file, `${await issuer.token()}\n`);
  return { AZURE_FEDERATED_TOKEN_FILE: file };
}

const request = (provider: FederatedTokenProvider) =>
  federatedSignIn({ tenant }, clientId, provider, issuer.serviceConnectionId);

/** The assertions that the authority was sent. */
const assertions = () =>
  authority.entra.log
    .to('/oauth2/v2.0/token')
    .map(({ request: { body } }) => new URLSearchParams(body.toString()).get('client_assertion'));

const providers = ['GitHub', 'AzurePipelines', 'Kubernetes'] as const;

describe.each(providers)('%s', provider => {
  test('is found by its variables, and its token is read anew for each renewal', async () => {
    stubAll(await environmentOf(provider));
    expect(federatedTokenProvider()).toBe(provider);
    const call = recordedCall();
    const connection = await authority.signIn(request(provider), call);
    expect(connection.context.account).toMatchObject({ identifier: clientId, tenant, type: 'ServicePrincipal' });
    // Kubernetes replaces the file before its token ends.
    if (provider === 'Kubernetes') await writeFile(file, await issuer.token());
    await connection.accessToken(call, { force: true });
    const sent = assertions();
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(2);
    const said = [...call.told, ...call.warned, ...call.announced, ...call.shown].join('\n');
    for (const { name, value } of issuer.secrets)
      expect(said.includes(value), `a secret (${name}) was said`).toBe(false);
  });

  test('whose subject the application does not trust is told what to add', async () => {
    stubAll(await environmentOf(provider));
    const { clientId: stranger } = authority.entra.directory.addApplication({
      federatedCredentials: [{ ...issuer.credential, subject: 'repo:contoso/other' }],
    });
    const sign = federatedSignIn({ tenant }, stranger, provider, issuer.serviceConnectionId);
    const error = await authority.refused(sign);
    expect(error).toMatchObject({ code: 'FederatedIdentityNotRegistered' });
    expect(error.message).toContain(stranger);
    expect(error.message).toContain('AADSTS700213');
    expect(error.recommendedAction).toContain('federated credential');
  });
});

describe('The endpoint of a job', () => {
  test.each([
    ['refuses', 403, '{"message":"no"}', 'answered 403.'],
    ['answers a page', 200, '<html>sign in</html>', 'answered 200 without a token.'],
    ['answers without a token', 200, '{"count":1}', 'answered 200 without a token.'],
    ['answers a token that is none', 200, '{"value":"x y"}', 'answered 200 without a token.'],
  ])('that %s is told so, and the authority is asked for nothing', async (_what, status, body, words) => {
    for (const provider of ['GitHub', 'AzurePipelines'] as const) {
      stubAll(await environmentOf(provider));
      issuer.answerNext(status, body);
      const error = await authority.refused(request(provider));
      expect(error.code).toBe('FederatedTokenUnavailable');
      expect(error.message).toContain(words);
      expect(assertions()).toEqual([]);
    }
  });

  test.each([
    ['GitHub', { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://pipelines.actions.example/' }],
    ['GitHub', { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://user@pipelines.actions.example/' }],
    ['AzurePipelines', { SYSTEM_OIDCREQUESTURI: 'dev.azure.example' }],
  ] as const)('of %s that is no https address is asked for nothing', async (provider, wrong) => {
    stubAll({ ...(await environmentOf(provider)), ...wrong });
    const error = await authority.refused(request(provider));
    expect(error.code).toBe('FederatedTokenUnavailable');
    expect(error.message).toContain(Object.keys(wrong)[0]);
    expect(issuer.requests).toEqual([]);
  });
});

describe('The file of a pod', () => {
  const refused = async (): Promise<AuthError> => {
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', file);
    return await authority.refused(request('Kubernetes'));
  };

  test.each([
    ['is not there', async () => {}, 'ENOENT'],
    ['is empty', () => writeFile(file, ''), 'has no JSON Web Token'],
    ['has another text', () => writeFile(file, 'secret words'), 'has no JSON Web Token'],
    ['is too long', () => writeFile(file, 'a'.repeat(100_000)), 'it is no file of a token'],
    ['is a FIFO', () => promisify(execFile)('mkfifo', [file]), 'it is no file of a token'],
  ])('that %s is told so, without what is in it', async (_what, make, words) => {
    await make();
    const error = await refused();
    expect(error.code).toBe('FederatedTokenUnavailable');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('secret words');
  });
});

describe('Where there is no provider', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['at all', {}, 'Connect-SecMgmtAccount'],
    ['because the job of GitHub Actions may not ask', { GITHUB_ACTIONS: 'true' }, 'id-token: write'],
    ['because a step of Azure Pipelines has no token', { SYSTEM_OIDCREQUESTURI: 'https://x/' }, 'System.AccessToken'],
  ])('%s, the error says what to do', (_what, environment, words) => {
    const missing = { code: 'FederatedTokenUnavailable', recommendedAction: expect.stringContaining(words) };
    expect(() => federatedTokenProvider(environment)).toThrow(expect.objectContaining(missing));
  });
});
