import type { User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type RequestFault, serverError, tooManyRequests } from 'fake-entra/faults';
import { PageVisitor, type VisitedPage } from 'fake-entra/page-visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SystemBrowser, startSystemBrowser } from '../support/system-browser.ts';
import { expectNoSecrets, type Recorded, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// An authorization code can be redeemed once (RFC 6749, section 4.1.2: a second time may take all tokens back). So it is
// sent again only where the authority says that it did nothing with it.

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
  entra.faults.clear();
  entra.log.clear();
  expect(entra.failures).toEqual([]);
});

afterAll(async () => {
  expectNoSecrets(entra);
  await shell?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

async function signInWithBrowser(): Promise<{ recorded: Recorded; page: VisitedPage }> {
  const person = browser.nextPage().then(async url => {
    await using visitor = new PageVisitor(entra);
    return await visitor.signIn(url, user);
  });
  const [recorded, page] = await Promise.all([shell.record('Connect-SecMgmtAccount'), person]);
  return { recorded, page };
}

describe.runIf(process.platform === 'linux')('An authorization code', () => {
  test.each<[string, RequestFault, string, string]>([
    ['a broken connection', { kind: 'drop' }, 'AuthorityUnreachable', 'the connection broke'],
    ['a fault in the middle', serverError(500), 'AuthorityUnavailable', 'has a fault of its own (500, AADSTS90033).'],
    ['a gateway that gave up', serverError(504), 'AuthorityUnavailable', 'has a fault of its own (504, AADSTS90033).'],
  ])('is not sent again after %s', async (_what, fault, code, message) => {
    entra.faults.add({ path: '/token', fault });
    const failed = await signInWithBrowser();
    expect(failed.recorded.error.id).toBe(`${code},Connect-SecMgmtAccount`);
    expect(failed.recorded.error.message).toContain(message);
    expect(entra.log.to('/token')).toHaveLength(1);
    expect(failed.page.html).toContain('Not signed in');

    entra.faults.clear();
    const { page } = await signInWithBrowser();
    expect(page.html).toContain(`You are signed in as ${user.userPrincipalName}.`);
  });

  test.each<[string, RequestFault]>([
    ['too busy', tooManyRequests(1)],
    ['not there for now', serverError(503)],
  ])('is sent again to an authority that is %s', async (_what, fault) => {
    entra.faults.add({ path: '/token', times: 1, fault });
    const { recorded, page } = await signInWithBrowser();
    expect(recorded.texts('error')).toEqual([]);
    expect(page.html).toContain(`You are signed in as ${user.userPrincipalName}.`);
    expect(entra.log.to('/token')).toHaveLength(2);
  });
});
