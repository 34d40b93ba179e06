import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessTokenSignIn, applicationSignIn } from '../../src/auth/sign-in-request.ts';
import { waitBeforeRetry } from '../../src/request/throttling.ts';
import { recordedCall } from '../auth/in-process.ts';
import { headersSent, type Requests, startRequests } from './invoke.ts';

// What a service answers besides the objects: later, not with this token, not with these permissions, nothing at all.

const graph = 'graph.microsoft.com';
const tokenPath = '/oauth2/v2.0/token';
let requests: Requests;

beforeAll(async () => {
  requests = await startRequests();
  const items = Array.from({ length: 10 }, (_, index) => ({ id: String(index) }));
  requests.entra.graph.collections.set('/v1.0/things', { items, pageSize: 4 });
});

beforeEach(() => requests.entra.log.clear());

afterEach(async () => {
  const { entra } = requests;
  entra.graph.reset();
  entra.faults.clear();
  entra.clock.skewSeconds = 0;
  expect(entra.failures).toEqual([]);
  await requests.connect();
});

afterAll(() => requests?.[Symbol.asyncDispose]());

const renewals = () => requests.entra.log.to(tokenPath).length;
/** The tokens that were sent to the service, each once. */
const tokensSent = () => [...new Set(headersSent(requests.entra, graph, 'authorization'))];
const allIds = Array.from({ length: 10 }, (_, index) => ({ id: String(index) }));

describe('A service that says «later»', () => {
  test.each([429, 503, 504])('with %i is asked again, as often as it says so', async status => {
    requests.entra.graph.throttle('/things', { times: 3, status });
    const { output, verbose, progress } = await requests.invoke('/things');
    expect(output).toEqual(allIds);
    expect(verbose).toContain(`${graph} answered ${status}; asking again in 0 s.`);
    expect(progress.some(record => record.status?.includes('waiting as it asks'))).toBe(true);
  });

  test('is not asked before the time that it says', async () => {
    requests.entra.graph.throttle('/things', { retryAfter: '1' });
    const begin = performance.now();
    await requests.invoke('/things');
    expect(performance.now() - begin).toBeGreaterThan(990);
  });

  test.each(['POST', 'PATCH'] as const)('is sent a %s again where it asks for that', async method => {
    requests.entra.graph.throttle('/things', { status: 503, times: 2 });
    requests.entra.graph.collections.set('/v1.0/made', { items: [] });
    requests.entra.graph.answers.set('/v1.0/things', ({ body }) => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body,
    }));
    expect((await requests.invoke('/things', { Method: method, Body: 'once' })).output).toEqual(['once']);
  });

  test('in the middle of the pages gives each object once', async () => {
    requests.entra.graph.collections.set('/v1.0/pages', { items: [...allIds], pageSize: 3 });
    requests.entra.graph.answers.clear();
    const throttled = requests.invoke('/pages');
    requests.entra.graph.throttle('/pages', { times: 2 });
    expect((await throttled).output).toEqual(allIds);
  });

  test('is given up where it asks for a longer wait than anybody may want, and the error tells for how long', async () => {
    requests.entra.graph.throttle('/things', { retryAfter: '900', times: 99 });
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'RequestThrottled',
      category: 'LimitsExceeded',
      recommendedAction: 'Try again in 900 s.',
      data: { RetryAfterSeconds: '900', HttpStatus: '429', IsRetriable: 'True', ErrorCode: 'TooManyRequests' },
    });
  });

  test.each([
    ['GET', 429, undefined, 1, 1000],
    ['GET', 429, undefined, 3, 4000],
    ['GET', 503, undefined, 9, 60_000],
    ['GET', 429, '7', 5, 7000],
    ['POST', 429, undefined, 1, 1000],
    ['POST', 503, undefined, 1, undefined],
    ['PATCH', 504, undefined, 1, undefined],
    ['POST', 503, '2', 1, 2000],
    ['PUT', 503, undefined, 1, 1000],
    ['DELETE', 504, undefined, 1, 1000],
    ['GET', 500, '1', 1, undefined],
    ['GET', 429, '301', 1, undefined],
    ['GET', 429, '0', 10, undefined],
  ] as const)('%s, %i, Retry-After %s, attempt %i: waits %s ms', (method, status, retryAfter, attempt, expected) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    expect(waitBeforeRetry({ method, status, headers }, attempt)).toBe(expected);
  });

  test('is left at once when the call is stopped', async () => {
    requests.entra.graph.throttle('/things', { retryAfter: '200', times: 9 });
    const stopping = new AbortController();
    const stopped = requests.invoke('/things', {}, { signal: stopping.signal });
    await requests.entra.log.next(({ request }) => request.path === '/v1.0/things');
    stopping.abort(new Error('stopped by the test'));
    await expect(stopped).rejects.toThrow('stopped by the test');
  });
});

describe('A claims challenge (continuous access evaluation)', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1764322000"}}}';

  test('is answered by a new token, which was asked for with the claims', async () => {
    requests.entra.graph.challenge(claims);
    expect((await requests.invoke('/things')).output).toEqual(allIds);
    expect(renewals()).toBe(1);
    const form = new URLSearchParams(requests.entra.log.to(tokenPath)[0]?.request.body.toString());
    expect(JSON.parse(form.get('claims') ?? '')).toMatchObject(JSON.parse(claims));
    expect(tokensSent()).toHaveLength(2);
  });

  test('that comes again is an error, and no further token is asked for', async () => {
    const body = '{"error":{"code":"InvalidAuthenticationToken","message":"no"}}';
    const encoded = Buffer.from(claims).toString('base64');
    const headers = { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${encoded}"` };
    requests.entra.graph.answers.set('/v1.0/things', () => ({ status: 401, headers, body }));
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'RequestNotAuthorized',
      category: 'AuthenticationError',
    });
    expect(renewals()).toBe(1);
  });

  test('that the authority answers with a question is its error', async () => {
    requests.entra.graph.challenge(claims);
    requests.user.blockedBy = 50076;
    expect(await requests.refused('/things')).toMatchObject({ errorId: 'MultiFactorRequired' });
    requests.user.blockedBy = undefined;
  });

  test('whose claims cannot be read is a refusal like any other', async () => {
    const headers = { 'www-authenticate': 'Bearer error="insufficient_claims", claims="bm90IEpTT04="' };
    requests.entra.graph.answers.set('/v1.0/things', () => ({ status: 401, headers, body: '' }));
    expect(await requests.refused('/things')).toMatchObject({ errorId: 'RequestNotAuthorized' });
    const form = new URLSearchParams(requests.entra.log.to(tokenPath)[0]?.request.body.toString());
    expect(form.get('claims')).not.toContain('not JSON');
  });
});

describe('A token that ends', () => {
  /** Has the service see the tokens of before as expired, from its next page on. */
  const endTokens = () => {
    requests.entra.clock.skewSeconds = 7200;
  };

  test('while pages are read is renewed without a question, and the paging goes on', async () => {
    const { collections } = requests.entra.graph;
    const link = (next: string) => {
      if (next.includes('skiptoken=8')) endTokens();
      return next;
    };
    collections.set('/v1.0/long', { items: [...allIds], pageSize: 4, nextLink: link });
    expect((await requests.invoke('/long')).output).toEqual(allIds);
    expect(renewals()).toBe(1);
    expect(tokensSent()).toHaveLength(2);
    expect(requests.entra.log.to('/long').map(({ response }) => response?.status)).toEqual([200, 200, 401, 200]);
  });

  test('is renewed once for two calls that need it at the same time', async () => {
    endTokens();
    const calls = [requests.invoke('/things'), requests.invoke('/things'), requests.invoke('/me')];
    for (const { output } of await Promise.all(calls)) expect(output.length).toBeGreaterThan(0);
    expect(renewals()).toBe(1);
  });

  test('is renewed for a call that goes on where another that had begun to was stopped', async () => {
    endTokens();
    const held = Promise.withResolvers<void>();
    const fault = { kind: 'hold', until: held.promise } as const;
    const renewing = requests.entra.faults.add({ path: tokenPath, times: 1, fault });
    const stopping = new AbortController();
    const stopped = requests.invoke('/things', {}, { signal: stopping.signal });
    stopped.catch(() => {});
    await renewing.reached();
    const goesOn = requests.invoke('/things');
    stopping.abort(new Error('stopped by the test'));
    await expect(stopped).rejects.toThrow('stopped by the test');
    expect((await goesOn).output).toEqual(allIds);
    held.resolve();
  });

  test('of an application is renewed too', async () => {
    const { directory } = requests.entra;
    const { clientId } = directory.addApplication({ secrets: [{ value: 'renewed~secret' }] });
    const tenant = directory.tenantOf('AzureCloud').id;
    await requests.connect(applicationSignIn({ tenant }, clientId, { kind: 'secret', secret: 'renewed~secret' }));
    endTokens();
    expect((await requests.invoke('/things')).output).toEqual(allIds);
  });

  test('and was what the account was connected with is an error that says when it ended', async () => {
    const { token } = requests.session.connection().current;
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const expiresOn = new Date(exp * 1000);
    await requests.connect(accessTokenSignIn({}, token));
    expect((await requests.invoke('/things')).output).toEqual(allIds);
    endTokens();
    const error = await requests.refused('/things');
    expect(error).toMatchObject({ errorId: 'AccessTokenRefused', category: 'AuthenticationError' });
    expect(error.message).toContain(expiresOn.toISOString().slice(0, 19).replace('T', ' '));
    expect(renewals()).toBe(0);
  });
});

describe('An access token that the account was connected with', () => {
  test('is not sent to a service that it is not for', async () => {
    await requests.connect(accessTokenSignIn({}, requests.session.connection().current.token));
    const error = await requests.refused('/subscriptions', { Endpoint: 'Azure' });
    expect(error).toMatchObject({ errorId: 'AudienceMismatch', target: 'https://graph.microsoft.com' });
    expect(requests.entra.log.exchanges.filter(({ request }) => request.host === 'management.azure.com')).toEqual([]);
  });
});

describe("A service's refusal", () => {
  test('has its code, its message and the ids that support asks for', async () => {
    const error = await requests.refused('/things/none');
    const [exchange] = requests.entra.log.to('/things/none');
    expect(error).toMatchObject({
      errorId: 'ObjectNotFound',
      category: 'ObjectNotFound',
      message: expect.stringContaining("Resource 'none' does not exist"),
      target: 'GET https://graph.microsoft.com/v1.0/things/none',
      data: {
        ErrorCode: 'Request_ResourceNotFound',
        HttpStatus: '404',
        RequestId: exchange?.response?.headers['request-id'],
        CorrelationId: exchange?.response?.headers['client-request-id'],
        Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        IsRetriable: 'False',
      },
    });
  });

  test('for a missing permission tells what there is, and that the service does not name it', async () => {
    requests.entra.graph.permissions.set('/v1.0/things', 'Things.Read.All');
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'PermissionDenied',
      category: 'PermissionDenied',
      recommendedAction: expect.stringMatching(
        /does not say which permission is missing.*The token has the delegated permissions DeviceManagementManagedDevices\.Read\.All, User\.Read\./,
      ),
      data: { ErrorCode: 'Authorization_RequestDenied' },
    });
  });

  test.each([
    [
      "Missing scope permissions on the request. API requires one of 'SecurityEvents.Read.All, SecurityEvents.ReadWrite.All'. Scopes on the request 'User.Read, profile'",
      'SecurityEvents.Read.All SecurityEvents.ReadWrite.All',
    ],
    [
      'Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementConfiguration.Read.All - Operation ID',
      'DeviceManagementConfiguration.Read.All',
    ],
    [
      'The principal does not have required permissions: "AuditLog.Read.All"; the token has User.Read',
      'AuditLog.Read.All',
    ],
  ])('that names the missing permission has it: %s', async (message, expected) => {
    requests.entra.graph.answers.set('/v1.0/things', () => ({
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: { code: 'Forbidden', message } }),
    }));
    expect(await requests.refused('/things')).toMatchObject({
      recommendedAction: expect.stringContaining(expected.split(' ').join(', ')),
      data: { MissingPermission: expected },
    });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<html>guest network</html>'],
    ['other JSON', '{"error":"just a text"}'],
    ['no object', '[]'],
  ])('with %s in it is told by its status', async (_what, body) => {
    requests.entra.graph.answers.set('/v1.0/things', () => ({ status: 418, headers: {}, body }));
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'RequestFailed',
      message: expect.stringContaining(`${graph} answered 418`),
      data: { HttpStatus: '418', ErrorCode: '418' },
    });
  });

  test('that repeats the token, or moves the cursor, is shown without', async () => {
    const { token } = requests.session.connection().current;
    requests.entra.graph.answers.set('/v1.0/things', () => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: { code: 'BadRequest', message: `bad \u001b[2J token: ${token}` } }),
    }));
    const error = JSON.stringify(await requests.refused('/things'));
    expect(error).toContain('bad token: [redacted]');
    expect(error).not.toContain(token);
  });

  test.each([
    [400, 'RequestInvalid', 'InvalidArgument'],
    [405, 'MethodNotAllowed', 'InvalidOperation'],
    [409, 'RequestConflict', 'ResourceExists'],
    [412, 'RequestConflict', 'ResourceExists'],
    [500, 'ServiceUnavailable', 'ResourceUnavailable'],
    [502, 'ServiceUnavailable', 'ResourceUnavailable'],
  ])('with %i is %s', async (status, errorId, category) => {
    requests.entra.graph.answers.set('/v1.0/things', () => ({ status, headers: {}, body: '' }));
    expect(await requests.refused('/things')).toMatchObject({ errorId, category });
  });
});

describe('A service that does not answer', () => {
  test('within the time limit is given up', async () => {
    process.env.SECMGMT_HTTP_TIMEOUT = '0.3';
    requests.entra.faults.add({ host: graph, fault: { kind: 'hang' } });
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'ServiceTimeout',
      message: `${graph} did not answer within 0.3 s.`,
    });
    process.env.SECMGMT_HTTP_TIMEOUT = '';
  });

  test('because its connection broke is asked again for what changes nothing', async () => {
    requests.entra.faults.add({ host: graph, path: '/things', times: 1, fault: { kind: 'drop' } });
    await expect(requests.invoke('/things')).rejects.toMatchObject({ details: { errorId: 'ServiceUnreachable' } });
    const reset = requests.entra.faults.add({ host: graph, times: 1, fault: { kind: 'reset' } });
    expect((await requests.invoke('/things')).output).toEqual(allIds);
    expect(reset.hits).toBe(1);
  });

  test('with a certificate that is not trusted is sent nothing', async () => {
    // Other settings, and so a connection of their own.
    process.env.SECMGMT_HTTP_TIMEOUT = '29';
    requests.entra.faults.add({ host: graph, fault: { kind: 'untrusted certificate' } });
    expect(await requests.refused('/things')).toMatchObject({
      errorId: 'ServiceNotTrusted',
      category: 'SecurityError',
    });
    process.env.SECMGMT_HTTP_TIMEOUT = '';
    expect(requests.entra.log.to('/things')).toEqual([]);
  });

  test('with what it says is JSON is an error', async () => {
    requests.entra.graph.answers.set('/v1.0/things', () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"half":',
    }));
    expect(await requests.refused('/things')).toMatchObject({ errorId: 'ServiceAnswerInvalid' });
  });
});

test('without an account, or without one that is selected, nothing is sent', async () => {
  const { session } = requests;
  await requests.connect();
  const [other, ...more] = session.connections;
  for (const connection of more) await session.disconnect(connection, recordedCall());
  requests.entra.log.clear();
  expect(await requests.refused('/me')).toMatchObject({
    errorId: 'NotConnected',
    recommendedAction: expect.stringContaining('Select one with Select-SecMgmtContext'),
  });
  if (other !== undefined) await session.disconnect(other, recordedCall());
  expect(await requests.refused('/me')).toMatchObject({
    errorId: 'NotConnected',
    recommendedAction: 'Connect with Connect-SecMgmtAccount.',
  });
  expect(requests.entra.log.connections).toEqual([]);
});
