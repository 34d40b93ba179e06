import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { garbage, type RequestFault } from 'fake-entra/faults';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApplicationSignIn, type ExpectedError, expectError } from './network-sign-in.ts';
import { expectNoSecrets, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Answers that no authority gives: a captive portal's page, a filter's, half of one, something else's JSON. None is taken
// for a sign-in, and none is asked for again.

let entra: Entra;
let shell: SignInShell;
let user: User;

beforeAll(async () => {
  entra = await startEntra();
  shell = await startSignInShell(entra);
  const { id: tenantId } = entra.directory.tenantOf('AzurePPE');
  user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@ppe.example' });
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

const noAuthority = (reason: string): ExpectedError => ({
  id: 'AuthorityAnswerInvalid',
  category: 'InvalidResult',
  exception: 'System.Net.Http.HttpRequestException',
  target: 'login.windows-ppe.net',
  message: `What answered for login.windows-ppe.net is no sign-in service: ${reason}.`,
  action: /Open a web page in a browser, then try again\.$/,
  data: { IsRetriable: 'True' },
});

const answer = (status: number, headers: Record<string, string>, body: string): RequestFault => ({
  kind: 'answer',
  status,
  headers,
  body,
});
const json = (body: string, status = 200) => answer(status, { 'content-type': 'application/json' }, body);

const strange: [what: string, RequestFault, reason: string][] = [
  ['a page', garbage(), 'it is not JSON'],
  ["a filter's page", garbage(403), 'it is not JSON'],
  ['a way to another page', answer(302, { location: 'https://portal.example/' }, '<p>Moved</p>'), 'it is not JSON'],
  ['nothing', json(''), 'it is not JSON'],
  ['half of an answer', json('{"access_token":"ey'), 'it is not JSON'],
  ['null', json('null'), 'it is not a JSON object'],
  ['a text', json('"text"'), 'it is not a JSON object'],
  ['a no without a reason', json('{"message":"blocked"}', 403), 'it answered 403 and gave no reason'],
  ['an empty object', json('{}'), 'something is missing in its answer, or not of its kind'],
  ['a list', json('[]'), 'something is missing in its answer, or not of its kind'],
  ['more than a megabyte', json(JSON.stringify({ more: 'x'.repeat(1024 * 1024) })), 'it is too long'],
];

describe.each([
  ['/oauth2/v2.0/token', 'the place of a token'],
  ['/openid-configuration', 'the place of the configuration'],
])('%s', (path, where) => {
  test.each(strange)(`%s in ${where} is no sign-in`, async (_what, fault, reason) => {
    const signIn = new ApplicationSignIn(entra, 'AzurePPE');
    const placed = entra.faults.add({ path, fault });
    await signIn.fails(shell, noAuthority(reason));
    expect(placed.hits).toBe(1);
    expect(entra.log.hosts()).toEqual(['login.windows-ppe.net']);
    entra.faults.clear();
    await signIn.succeeds(shell);
  });
});

describe('a token answer', () => {
  const token = 'secret-access-token';

  test.each([
    ['without a token', { expires_in: 3599 }],
    ['with a number for a token', { access_token: 5, expires_in: 3599 }],
    ['without a lifetime', { access_token: token }],
    ['without the user that was asked for', { access_token: token, expires_in: 3599 }],
    ['with a user that cannot be read', { access_token: token, expires_in: 3599, id_token: 'x' }],
  ])('%s is no sign-in', async (_what, answer) => {
    const refreshToken = await entra.issueRefreshToken(user, commandLineClientId);
    entra.faults.add({ path: '/token', fault: json(JSON.stringify({ token_type: 'Bearer', ...answer })) });
    const call = `Connect-SecMgmtAccount -RefreshToken '${refreshToken}' -ApplicationId ${commandLineClientId} -Environment AzurePPE`;
    const recorded = await shell.record(call);
    expectError(recorded, noAuthority('something is missing in its answer, or not of its kind'));
    expect(JSON.stringify(recorded.written)).not.toContain(token);
  });
});

describe('in the place of a device code', () => {
  const device = {
    device_code: 'd',
    user_code: 'u',
    verification_uri: 'https://x.example',
    expires_in: 900,
    interval: 5,
  };
  const missing = 'something is missing in its answer, or not of its kind';
  const without = (name: string) => json(JSON.stringify({ ...device, [name]: undefined }));
  const changed = (change: object, status?: number) => json(JSON.stringify({ ...device, ...change }), status);

  test.each<[what: string, RequestFault, reason: string]>([
    ...strange,
    ...Object.keys(device).map((name): [string, RequestFault, string] => [
      `one without ${name}`,
      without(name),
      missing,
    ]),
    ['a number as the code', changed({ user_code: 5 }), missing],
    ['a number as the message', changed({ message: 5 }), missing],
    ['a lifetime of 30 years', changed({ expires_in: 1e9 }), missing],
    // A timer of Node.js takes no more than 24 days, and fires at once for more.
    ['an interval of 30 years', changed({ interval: 1e9 }), missing],
    ['an error that is no text', json('{"error":5}'), missing],
    [
      'an error without a name',
      json('{"error":"","error_description":"AADSTS90002: No."}', 400),
      'it answered 400 and gave no reason',
    ],
    ['a code, and yet a no', changed({}, 400), 'it answered 400 and gave no reason'],
  ])('%s is no device code', async (_what, fault, reason) => {
    const placed = entra.faults.add({ path: '/devicecode', fault });
    const recorded = await shell.record('Connect-SecMgmtAccount -UseDeviceAuthentication -Environment AzurePPE');
    expectError(recorded, noAuthority(reason));
    expect(placed.hits).toBe(1);
    expect(recorded.texts('warning')).toEqual([]);
    expect(entra.log.to('/token')).toEqual([]);
  });
});

test('a configuration that sends the secret over plain HTTP is not followed', async () => {
  const base = 'https://login.windows-ppe.net/organizations';
  const configuration = {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: 'http://login.windows-ppe.net/token',
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
  entra.faults.add({ path: '/openid-configuration', fault: json(JSON.stringify(configuration)) });
  await new ApplicationSignIn(entra, 'AzurePPE').fails(
    shell,
    noAuthority('something is missing in its answer, or not of its kind'),
  );
  expect(entra.log.to('/token')).toEqual([]);
  expect(entra.log.connections).not.toContainEqual(expect.objectContaining({ outcome: 'not allowed' }));
});

test('what was sent and comes back in a page is not shown', async () => {
  const signIn = new ApplicationSignIn(entra, 'AzurePPE');
  entra.faults.add({
    path: '/token',
    fault: answer(200, { 'content-type': 'text/html' }, '<p>client_secret=network~AzurePPE was blocked</p>'),
  });
  const recorded = await shell.record(`${signIn.call} -Verbose -Debug -Confirm:$false`);
  expect(recorded.error.id).toBe('AuthorityAnswerInvalid,Connect-SecMgmtAccount');
  expect(JSON.stringify(recorded.written)).not.toContain('network~AzurePPE');
});

test('leaves no secret in anything that was written', () => expectNoSecrets(entra));
