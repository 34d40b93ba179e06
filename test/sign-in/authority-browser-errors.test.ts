import type { AadstsCode } from 'fake-entra/aadsts';
import type { User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { PageVisitor, type VisitedPage } from 'fake-entra/page-visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { expectNoSecrets, type Recorded, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// A user who is refused in the browser, at the sign-in page or when the code is redeemed: the page says that nobody is
// signed in, and PowerShell says why.

let entra: Entra;
let browser: SystemBrowser;
let shell: SignInShell;
let user: User;

beforeAll(async () => {
  [entra, browser] = await Promise.all([startEntra(), startSystemBrowser()]);
  shell = await startSignInShell(entra, browser.environment);
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
});

afterEach(() => {
  user.blockedBy = undefined;
  entra.log.clear();
  expect(entra.failures).toEqual([]);
});

afterAll(async () => {
  expectNoSecrets(entra);
  await shell?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

interface Visit {
  readonly recorded: Recorded;
  readonly page: VisitedPage;
}

async function signIn(): Promise<Visit> {
  const person = browser.nextPage().then(async url => {
    await using visitor = new PageVisitor(entra);
    return await visitor.signIn(url, user);
  });
  const [recorded, page] = await Promise.all([shell.record('Connect-SecMgmtAccount'), person]);
  return { recorded, page };
}

const refusals: [code: AadstsCode, id: string, category: string, message: string][] = [
  [50057, 'AccountDisabled', 'AuthenticationError', 'The account is disabled.'],
  [50076, 'MultiFactorRequired', 'AuthenticationError', 'The tenant asks for multifactor authentication, and it was'],
  [53003, 'ConditionalAccessBlocked', 'PermissionDenied', 'A Conditional Access policy of the tenant blocks this'],
  [65004, 'AuthorizationDeclined', 'PermissionDenied', 'The sign-in was declined by the person who was asked.'],
  [90094, 'ConsentRequired', 'PermissionDenied', "needs an administrator's consent."],
];

describe.runIf(process.platform === 'linux').each(['sign-in', 'token'] as const)('Refused at the %s', where => {
  test.each(refusals)('AADSTS%i', async (code, id, category, message) => {
    user.blockedBy = code;
    user.blockedAt = where;
    const { recorded, page } = await signIn();
    const { error } = recorded;
    expect(error).toMatchObject({ id: `${id},Connect-SecMgmtAccount`, category, target: 'organizations' });
    expect(error.message).toContain(message);
    expect(error.message).toContain(`(AADSTS${code})`);
    expect(error.action).not.toBe('');
    expect(error.data).toMatchObject({ ErrorCode: `AADSTS${code}`, IsRetriable: 'False' });
    expect(error.data.TraceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.data.Timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    const [refused] = entra.log.to(where === 'sign-in' ? '/login' : '/token').slice(-1);
    expect(String(refused?.response?.body)).toContain(`Correlation ID: ${error.data.CorrelationId} `);
    expect(page.html).toContain('Not signed in');

    user.blockedBy = undefined;
    expect((await signIn()).page.html).toContain(`You are signed in as ${user.userPrincipalName}.`);
  });
});
