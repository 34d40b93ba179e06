import { type Entra, startEntra } from 'fake-entra/entra';
import { garbage, type RequestFault, serverError, tooManyRequests } from 'fake-entra/faults';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApplicationSignIn, type ExpectedError, host, timedOut, unreachable } from './network-sign-in.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// People's networks: broken and slow connections, an authority that is too busy, at fault or not the authority. Each ends in one error that says what to do, the shell goes on, and the next call works.

let entra: Entra;
let shell: SignInShell;
let signIn: ApplicationSignIn;

beforeAll(async () => {
  entra = await startEntra();
  shell = await startSignInShell(entra);
  signIn = new ApplicationSignIn(entra);
});

afterEach(() => {
  entra.faults.clear();
  entra.log.clear();
});

afterAll(async () => {
  expect(entra.failures).toEqual([]);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

const notTrusted = (code: string): ExpectedError => ({
  id: 'AuthorityNotTrusted',
  category: 'SecurityError',
  exception: 'System.Net.Http.HttpRequestException',
  target: host,
  message: `The certificate that answered for ${host} is not trusted (${code}), so nothing was sent to it.`,
  action: /NODE_EXTRA_CA_CERTS name a PEM file/,
  data: { ErrorCode: code, IsRetriable: 'False' },
});

/** Fails as expected while the fault is there, and works when it is gone. */
async function failsAndRecovers(expected: ExpectedError, inShell = shell): Promise<void> {
  await signIn.fails(inShell, expected);
  entra.faults.clear();
  await signIn.succeeds(inShell);
}

describe('a connection', () => {
  test('that is reset is tried three times', async () => {
    const reset = entra.faults.add({ fault: { kind: 'reset' } });
    const broken = unreachable('', { IsRetriable: 'True' });
    await failsAndRecovers({
      ...broken,
      message: /cannot be reached: the connection broke \((ECONNRESET|UND_ERR_SOCKET)\)\.$/,
    });
    expect(reset.hits).toBe(3);
  });

  test('that breaks in the middle of an answer is made anew, and -Verbose says so', async () => {
    entra.faults.add({ path: '/token', times: 1, fault: { kind: 'drop' } });
    const recorded = await signIn.succeeds(shell, '-Verbose');
    expect(entra.log.to('/token')).toHaveLength(2);
    expect(recorded.texts('verbose').join('\n')).toMatch(
      /login\.microsoftonline\.com cannot be reached: the connection broke \(\w+\)\. Trying again in 1 s\./,
    );
  });

  test('that breaks in the middle of each answer is given up at the third', async () => {
    const dropped = entra.faults.add({ path: '/token', fault: { kind: 'drop' } });
    const broken = unreachable('', { IsRetriable: 'True' });
    await failsAndRecovers({ ...broken, message: /the connection broke/ });
    expect(dropped.hits).toBe(3);
  });

  test('that is answered by nobody is given up at the time limit, and not tried again', async () => {
    await using own = await startSignInShell(entra, { SECMGMT_HTTP_TIMEOUT: '1' });
    const hung = entra.faults.add({ path: '/token', fault: { kind: 'hang' } });
    const given = entra.log.next(({ abandoned }) => abandoned === true);
    await failsAndRecovers(timedOut, own);
    await given;
    expect(hung.hits).toBe(1);
  });

  test('has the usual time limit where what is set is none, with a warning', async () => {
    await using own = await startSignInShell(entra, { SECMGMT_HTTP_TIMEOUT: 'soon' });
    const recorded = await signIn.succeeds(own);
    expect(recorded.texts('warning')).toEqual([
      expect.stringMatching(/SECMGMT_HTTP_TIMEOUT is 'soon', .* stays at 30 s/),
    ]);
  });

  test('to somebody else than the authority gets nothing', async () => {
    entra.faults.add({ fault: { kind: 'untrusted certificate' } });
    await signIn.fails(shell, notTrusted('SELF_SIGNED_CERT_IN_CHAIN'));
    expect(entra.log.connections).toEqual([{ host, outcome: 'untrusted certificate' }]);
    expect(entra.log.exchanges).toEqual([]);
    entra.faults.clear();
    await signIn.succeeds(shell);
  });

  test('is trusted for NODE_EXTRA_CA_CERTS alone', async () => {
    await using own = await startSignInShell(entra, { NODE_EXTRA_CA_CERTS: '' });
    await signIn.fails(own, notTrusted('SELF_SIGNED_CERT_IN_CHAIN'));
    expect(entra.log.exchanges).toEqual([]);
  });
});

describe('an authority that is too busy', () => {
  /** Signs in through one refusal; gives the milliseconds between the refusal and the second answer. */
  async function waitAfter(fault: RequestFault): Promise<number> {
    const placed = entra.faults.add({ path: '/token', times: 1, fault });
    const refused = placed.reached().then(() => performance.now());
    const answered = entra.log.next(({ response }) => response?.status === 200).then(() => performance.now());
    const recorded = await signIn.succeeds(shell, '-Verbose');
    expect(entra.log.to('/token')).toHaveLength(2);
    expect(recorded.texts('verbose').join('\n')).toContain(`${host} answered ${placed.hits === 1 ? 429 : ''}; asking`);
    return (await answered) - (await refused);
  }

  const until = (seconds: number, skewSeconds = 0) => ({
    ...tooManyRequests(0),
    headers: { 'retry-after': new Date(Date.now() + (seconds + skewSeconds) * 1000).toUTCString() },
  });

  test('is asked again when Retry-After has passed', async () => {
    expect(await waitAfter(tooManyRequests(2))).toBeGreaterThanOrEqual(1990);
  });

  test('is asked again when the date in Retry-After has come', async () => {
    // A date has whole seconds, so up to one second of the three is lost.
    expect(await waitAfter(until(3))).toBeGreaterThanOrEqual(1990);
  });

  test('is asked again at the date of its own clock', async () => {
    entra.clock.skewSeconds = 3600;
    try {
      expect(await waitAfter(until(3, 3600))).toBeGreaterThanOrEqual(1990);
    } finally {
      entra.clock.skewSeconds = 0;
    }
  });

  test('for long is not waited for: the error tells for how long', async () => {
    const placed = entra.faults.add({ path: '/token', fault: tooManyRequests(120) });
    await failsAndRecovers({
      id: 'AuthorityThrottled',
      category: 'LimitsExceeded',
      exception: 'System.Net.Http.HttpRequestException',
      target: host,
      message: `${host} takes no more requests for now (429, AADSTS90055).`,
      action: 'Try again in 120 s.',
      data: { ErrorCode: 'AADSTS90055', HttpStatus: '429', IsRetriable: 'True', RetryAfterSeconds: '120' },
    });
    expect(placed.hits).toBe(1);
  });
});

describe('an authority with a fault', () => {
  const unavailable = (action: string, data: Record<string, string>): ExpectedError => ({
    id: 'AuthorityUnavailable',
    category: 'ResourceUnavailable',
    exception: 'System.Net.Http.HttpRequestException',
    target: host,
    message: `${host} has a fault of its own (503, AADSTS90033).`,
    action,
    data,
  });

  test('twice is asked three times, and succeeds', async () => {
    entra.faults.add({ path: '/token', times: 2, fault: serverError(503) });
    await signIn.succeeds(shell);
    expect(entra.log.to('/token')).toHaveLength(3);
  });

  test('for good is asked three times, and the error has what support asks for', async () => {
    const placed = entra.faults.add({ path: '/token', fault: serverError(503, { 'x-ms-request-id': 'trace-of-503' }) });
    const action = 'Try again in a few minutes; if it goes on, see the health page of the service.';
    const recorded = await signIn.fails(
      shell,
      unavailable(action, {
        ErrorCode: 'AADSTS90033',
        HttpStatus: '503',
        IsRetriable: 'True',
        TraceId: 'trace-of-503',
      }),
    );
    expect(placed.hits).toBe(3);
    const { data } = recorded.error;
    expect(data).not.toHaveProperty('RetryAfterSeconds');
    const [last] = entra.log.to('/token').slice(-1);
    expect(data.CorrelationId).toBe(last?.request.query.get('client-request-id'));
    entra.faults.clear();
    await signIn.succeeds(shell);
  });

  test('for long is not waited for', async () => {
    const placed = entra.faults.add({ path: '/token', fault: serverError(503, { 'retry-after': '31' }) });
    const action = 'Try again in 31 s; if it goes on, see the health page of the service.';
    await failsAndRecovers(unavailable(action, { RetryAfterSeconds: '31' }));
    expect(placed.hits).toBe(1);
  });

  test('that is no JSON is a fault all the same', async () => {
    const placed = entra.faults.add({ path: '/token', fault: garbage(502) });
    await failsAndRecovers({
      ...unavailable('Try again in a few minutes; if it goes on, see the health page of the service.', {
        ErrorCode: '502',
        HttpStatus: '502',
        IsRetriable: 'True',
      }),
      message: `${host} has a fault of its own (502).`,
    });
    expect(placed.hits).toBe(3);
  });
});

test('leaves no secret in anything that was written', () => expectNoSecrets(entra));
