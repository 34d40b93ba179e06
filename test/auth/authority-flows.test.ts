import { refusal } from 'fake-entra/changed-answers';
import { type ClientCertificate, createClientCertificate } from 'fake-entra/client-certificate';
import { type Application, commandLineClientId, type User } from 'fake-entra/directory';
import { PageVisitor } from 'fake-entra/page-visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AuthErrorCode } from '../../src/auth/auth-error.ts';
import type { Connection } from '../../src/auth/connection.ts';
import type { EnvironmentName } from '../../src/auth/environments.ts';
import {
  applicationSignIn,
  certificateProof,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../../src/auth/sign-in-request.ts';
import { documentedCodes } from '../sign-in/documented-codes.ts';
import { type InProcess, type RecordedCall, recordedCall, startInProcess } from './in-process.ts';

// Every answer of the authority in every flow, at every place where the flow asks it something.

const secret = 'in-process~secret';
let authority: InProcess;
let certificate: ClientCertificate;
let users: Record<string, User>;
let application: Application;

beforeAll(async () => {
  [authority, certificate] = await Promise.all([startInProcess(), createClientCertificate()]);
  const { directory } = authority.entra;
  const add = (environment: EnvironmentName) =>
    directory.addUser({
      tenantId: directory.tenantOf(environment).id,
      userPrincipalName: `adele@${environment}.example`,
    });
  users = { AzureCloud: add('AzureCloud'), AzurePPE: add('AzurePPE') };
  application = directory.addApplication({ secrets: [{ value: secret }], certificates: [certificate] });
});

afterEach(() => {
  authority.entra.faults.clear();
  authority.entra.log.clear();
  expect(authority.entra.failures).toEqual([]);
});

afterAll(() => authority?.[Symbol.asyncDispose]());

interface Flow {
  readonly name: string;
  /** Whether a refresh token is what the caller passed. */
  readonly redeems: boolean;
  request(environment: EnvironmentName): Promise<SignInRequest>;
  /** What a person does meanwhile. */
  person?(environment: EnvironmentName, call: RecordedCall): Promise<unknown>;
}

const tenantOf = (environment: EnvironmentName) => authority.entra.directory.tenantOf(environment).id;
const userOf = (environment: EnvironmentName): User => {
  const user = users[environment];
  if (user === undefined) throw new Error(`Nobody is in ${environment}.`);
  return user;
};

const flows: readonly Flow[] = [
  {
    name: 'a browser',
    redeems: false,
    request: async environment => userSignIn({ environment, tenant: tenantOf(environment) }, false),
    async person(environment, { page }) {
      const url = await page;
      await using visitor = new PageVisitor(authority.entra);
      return await visitor.signIn(url, userOf(environment));
    },
  },
  {
    name: 'a device code',
    redeems: false,
    request: async environment => userSignIn({ environment, tenant: tenantOf(environment) }, true),
    async person(environment) {
      const { userCode } = await authority.entra.nextDeviceCode();
      await authority.entra.approveDevice(userCode, userOf(environment));
    },
  },
  {
    name: 'a refresh token',
    redeems: true,
    request: async environment => {
      const token = await authority.entra.issueRefreshToken(userOf(environment), commandLineClientId);
      return refreshTokenSignIn({ environment, tenant: tenantOf(environment) }, commandLineClientId, token);
    },
  },
  {
    name: 'a refresh token and a secret',
    redeems: true,
    request: async environment => {
      const token = await authority.entra.issueRefreshToken(userOf(environment), application.clientId);
      const proof = { kind: 'secret', secret } as const;
      return refreshTokenSignIn({ environment, tenant: tenantOf(environment) }, application.clientId, token, proof);
    },
  },
  {
    name: 'a secret',
    redeems: false,
    request: async environment =>
      applicationSignIn({ environment, tenant: tenantOf(environment) }, application.clientId, {
        kind: 'secret',
        secret,
      }),
  },
  {
    name: 'a certificate',
    redeems: false,
    request: async environment =>
      applicationSignIn(
        { environment, tenant: tenantOf(environment) },
        application.clientId,
        certificateProof(certificate.thumbprint),
      ),
  },
];

/** The codes that say no more than that the grant is wrong are a refresh token's where one was passed. */
const expectedCode = (code: string, { redeems }: Flow) =>
  code === 'RefreshTokenInvalid' && !redeems ? 'SignInRefused' : code;

/** What Entra ID and OAuth call these errors beside the number. MSAL does something of its own for some. */
const names = ['invalid_grant', 'interaction_required', 'invalid_client', 'unauthorized_client', 'invalid_request'];

/** Signs in once for each documented code, the authority refusing at `path`; fails for each that is another error. */
async function expectEachCode(flow: Flow, path: string, environment: EnvironmentName, asks: boolean): Promise<void> {
  const wrong: string[] = [];
  for (const [index, { number, code }] of documentedCodes.entries()) {
    const name = names[index % names.length] ?? '';
    authority.entra.faults.clear();
    authority.entra.faults.add({ path, fault: refusal(number, name) });
    const request = await flow.request(environment);
    const call = recordedCall({ certificate });
    const person = asks ? flow.person?.(environment, call) : undefined;
    const error = await authority.refused(request, call).catch((reason: unknown) => reason);
    await person;
    const told = error instanceof Error && 'code' in error ? error.code : String(error);
    if (told !== expectedCode(code, flow)) wrong.push(`AADSTS${number} (${name}): ${told}, not ${code}`);
    expect(error).toMatchObject({
      message: expect.stringMatching(new RegExp(`\\(AADSTS${number}\\)$`)),
      data: { CorrelationId: 'c', TraceId: 't', Timestamp: '2026-03-03 10:00:00Z' },
    });
    if (!asks) expect([...call.announced, ...call.warned]).toEqual([]);
  }
  expect(wrong).toEqual([]);
}

async function connect(flow: Flow): Promise<Connection> {
  const call = recordedCall({ certificate });
  const request = await flow.request('AzureCloud');
  const [connection] = await Promise.all([authority.signIn(request, call), flow.person?.('AzureCloud', call)]);
  return connection;
}

describe.each(flows)('With $name', flow => {
  test('every documented code is its own error where a token is asked for', async () => {
    await expectEachCode(flow, '/token', 'AzureCloud', true);
  });

  test('and where the authority is asked where its endpoints are', async () => {
    await expectEachCode(flow, '/openid-configuration', 'AzurePPE', false);
  });

  test('and when the token is renewed, after which the account stays as it was', async () => {
    const connection = await connect(flow);
    const wrong: string[] = [];
    for (const { number, code } of documentedCodes) {
      const placed = authority.entra.faults.add({ path: '/token', fault: refusal(number), times: 1 });
      const error = await connection.accessToken(recordedCall({ certificate }), { force: true }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const told = error instanceof Error && 'code' in error ? error.code : String(error);
      if (told !== expectedCode(code, flow)) wrong.push(`AADSTS${number}: ${told}, not ${code}`);
      placed.remove();
    }
    expect(wrong).toEqual([]);
    const { token } = await connection.accessToken(recordedCall({ certificate }), { force: true });
    expect(token).not.toBe('');
  });

  // MSAL keeps such an answer, and would refuse the next request by itself and in words of its own.
  test('a refusal that says when to try again is asked for again, and is its own error each time', async () => {
    const connection = await connect(flow);
    const fault = { ...refusal(50076), headers: { 'content-type': 'application/json', 'retry-after': '60' } };
    authority.entra.faults.add({ path: '/token', fault, times: 2 });
    for (let turn = 0; turn < 2; turn += 1) {
      await expect(connection.accessToken(recordedCall({ certificate }), { force: true })).rejects.toMatchObject({
        code: 'MultiFactorRequired',
      });
    }
    await connection.accessToken(recordedCall({ certificate }), { force: true });
  });
});

test('With a device code every documented code is its own error where the code is asked for', async () => {
  const [, flow] = flows;
  if (flow === undefined) throw new Error('There is no such flow.');
  await expectEachCode(flow, '/devicecode', 'AzureCloud', false);
  expect(authority.entra.log.to('/token')).toEqual([]);
});

test('With a browser every documented code is its own error where the browser brings it', async () => {
  const wrong: string[] = [];
  for (const { number, code } of documentedCodes) {
    const call = recordedCall();
    const person = call.page.then(async page => {
      const { searchParams } = new URL(page);
      const body = new URLSearchParams({
        error: 'invalid_request',
        error_description: `AADSTS${number}: Own words of the service. Trace ID: t`,
        state: searchParams.get('state') ?? '',
      });
      const answer = await fetch(searchParams.get('redirect_uri') ?? '', { method: 'POST', body });
      return await answer.text();
    });
    const [error, page] = await Promise.all([authority.refused(userSignIn({}, false), call), person]);
    const expected: string = code === 'RefreshTokenInvalid' ? 'SignInRefused' : code;
    if (error.code !== expected) wrong.push(`AADSTS${number}: ${error.code}, not ${expected}`);
    expect(page).toContain('Not signed in');
  }
  expect(wrong).toEqual([]);
});

describe.each(flows)('Without a number, with $name', flow => {
  test.each<[string, AuthErrorCode]>([
    ['access_denied', 'AuthorizationDeclined'],
    ['consent_required', 'ConsentRequired'],
    ['expired_token', 'DeviceCodeExpired'],
    ['login_required', 'SignInRefused'],
    ['temporarily_unavailable', 'AuthorityUnavailable'],
    ['bad_token', 'SignInRefused'],
    ['error_of_its_own', 'SignInRefused'],
  ])('%s is %s', async (error, code) => {
    const body = JSON.stringify({ error });
    authority.entra.faults.add({ path: '/token', fault: { kind: 'answer', status: 400, body } });
    const call = recordedCall({ certificate });
    const person = flow.person?.('AzureCloud', call);
    expect(await authority.refused(await flow.request('AzureCloud'), call)).toMatchObject({ code });
    await person;
  });
});
