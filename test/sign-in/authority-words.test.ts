import { type Entra, startEntra } from 'fake-entra/entra';
import type { RequestFault } from 'fake-entra/faults';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApplicationSignIn } from './network-sign-in.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// An authority's own words, where it says something that nobody foresaw: they are shown, but as one line of bounded
// length, with nothing in it that a terminal acts on, and without what was sent.

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
  expectNoSecrets(entra);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

const refusal = (fields: Record<string, unknown>, status = 400): RequestFault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: 'invalid_request', ...fields }),
});

/** What the user sees when the authority refuses so. */
async function refusedWith(fields: Record<string, unknown>) {
  entra.faults.add({ path: '/token', fault: refusal(fields) });
  const recorded = await shell.record(`${signIn.call} -Verbose -Debug -Confirm:$false`);
  entra.faults.clear();
  await signIn.succeeds(shell);
  return { ...recorded.error, everything: JSON.stringify(recorded.written) };
}

const refused = {
  id: 'SignInRefused,Connect-SecMgmtAccount',
  category: 'AuthenticationError',
  exception: 'System.Security.Authentication.AuthenticationException',
};

describe('An unknown code', () => {
  test('is told in the authority’s own sentence, with where to look it up', async () => {
    const error = await refusedWith({
      error_codes: [1234567],
      error_description:
        'AADSTS1234567: The moon is full. Trace ID: t Correlation ID: c Timestamp: 2026-03-03 10:00:00Z',
      trace_id: 't',
      correlation_id: 'c',
      timestamp: '2026-03-03 10:00:00Z',
      suberror: 'moon',
    });
    expect(error).toMatchObject({
      ...refused,
      target: signIn.tenantId,
      message: 'The moon is full. (AADSTS1234567)',
      action: expect.stringContaining('https://login.microsoftonline.com/error'),
      data: {
        ErrorCode: 'AADSTS1234567',
        SubError: 'moon',
        CorrelationId: 'c',
        TraceId: 't',
        Timestamp: '2026-03-03 10:00:00Z',
        AuthorityMessage: 'AADSTS1234567: The moon is full.',
        IsRetriable: 'False',
      },
    });
  });

  test('is read from the sentence where the number stands there alone', async () => {
    const error = await refusedWith({
      error_description: 'AADSTS7000222: The provided client secret keys are expired.',
    });
    expect(error).toMatchObject({
      id: 'ClientSecretExpired,Connect-SecMgmtAccount',
      data: { ErrorCode: 'AADSTS7000222' },
    });
  });

  test('or none at all is told by OAuth’s name for it', async () => {
    const error = await refusedWith({});
    expect(error).toMatchObject({
      ...refused,
      message: 'The sign-in service of AzureCloud refused. (invalid_request)',
      data: { ErrorCode: 'invalid_request', IsRetriable: 'False' },
    });
    expect(error.data).not.toHaveProperty('CorrelationId');
  });
});

describe('The authority’s words', () => {
  // Control characters (C0, C1), an escape sequence, marks that change the direction of text, a line separator.
  const hostile = 'Blocked\r\n\u001b[31mPS> rm\u001b]0;title\u0007\u0000\u0085\u202e\u2066\u200b\u2028end';

  test('come as one line without anything that a terminal acts on, in every field', async () => {
    const error = await refusedWith({
      error: `odd\u001b[2J`,
      error_description: hostile,
      suberror: hostile,
      trace_id: hostile,
      correlation_id: hostile,
      timestamp: hostile,
    });
    expect(error.message).toBe('Blocked PS> rm end (odd)');
    expect(error.data).toMatchObject({ SubError: 'Blocked PS> rm end', TraceId: 'Blocked PS> rm end' });
    expect(error.message + Object.values(error.data).join('') + error.action).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });

  test('are cut where they are too long, and never in the middle of a character', async () => {
    const long = `${'x'.repeat(398)}\u{1F600}${'y'.repeat(100_000)}`;
    const error = await refusedWith({ error: 'e'.repeat(5000), error_description: long, suberror: 's'.repeat(5000) });
    expect(error.message).toMatch(/^x{398}… \(e{99}…\)$/);
    expect(error.data.SubError).toBe(`${'s'.repeat(99)}…`);
    expect(error.everything.length).toBeLessThan(20_000);
  });

  test.each([
    ['as it is', (secret: string) => secret],
    ['as it stands in a form', (secret: string) => new URLSearchParams({ s: secret }).toString().slice(2)],
    ['as it stands in a URL', encodeURIComponent],
    ['as it stands in a page', (secret: string) => secret.replace('&', '&#38;').replace('"', '&#34;')],
  ])('lose a secret that was sent, %s', async (_how, written) => {
    const secret = 'sec~ret &+/="% äö';
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: secret }] });
    const echo = `You sent ${written(secret)} here`;
    entra.faults.add({ path: '/token', fault: refusal({ error: echo, error_description: echo, suberror: echo }) });
    const call = `Connect-SecMgmtAccount -ServicePrincipal -Credential (New-ClientCredential ${clientId} '${secret}') -Tenant ${signIn.tenantId}`;
    const recorded = await shell.record(`${call} -Verbose -Debug -Confirm:$false`);
    expect(recorded.error.message).toBe('You sent [redacted] here (You sent [redacted] here)');
    expect(recorded.error.data.SubError).toBe('You sent [redacted] here');
    expect(JSON.stringify(recorded.written)).not.toContain(written(secret));
  });
});

describe('«Not now»', () => {
  test.each([
    ['AuthorityUnavailable', 'ResourceUnavailable', 90033, 503, 'has a fault of its own (503, AADSTS90033)'],
    ['AuthorityThrottled', 'LimitsExceeded', 90055, 429, 'takes no more requests for now (429, AADSTS90055)'],
  ])('is %s, and has the ids that support asks for', async (id, category, number, status, message) => {
    const fault: RequestFault = {
      kind: 'answer',
      status,
      headers: { 'retry-after': '60', 'x-ms-request-id': 'header-trace' },
      body: JSON.stringify({
        error: 'temporarily_unavailable',
        error_description: `AADSTS${number}: network~AzureCloud.`,
        error_codes: [number],
        trace_id: 'the-trace',
        correlation_id: 'the-correlation',
        timestamp: '2026-03-03 10:00:00Z',
      }),
    };
    entra.faults.add({ path: '/token', fault });
    const { error } = await shell.record(signIn.call);
    expect(error).toMatchObject({
      id: `${id},Connect-SecMgmtAccount`,
      category,
      target: 'login.microsoftonline.com',
      data: {
        ErrorCode: `AADSTS${number}`,
        HttpStatus: String(status),
        TraceId: 'the-trace',
        CorrelationId: 'the-correlation',
        Timestamp: '2026-03-03 10:00:00Z',
        AuthorityMessage: `AADSTS${number}: [redacted].`,
        IsRetriable: 'True',
        RetryAfterSeconds: '60',
      },
    });
    expect(error.message).toContain(message);
  });

  test('with a status of its own is retriable too', async () => {
    const error = await refusedWith({ error: 'temporarily_unavailable' });
    expect(error).toMatchObject({ id: 'AuthorityUnavailable,Connect-SecMgmtAccount', data: { IsRetriable: 'True' } });
  });
});
