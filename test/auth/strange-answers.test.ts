import { changedFields, changedIdToken } from 'fake-entra/changed-answers';
import { commandLineClientId, type User } from 'fake-entra/directory';
import type { RequestFault } from 'fake-entra/faults';
import { PageVisitor } from 'fake-entra/page-visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AuthError } from '../../src/auth/auth-error.ts';
import {
  applicationSignIn,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../../src/auth/sign-in-request.ts';
import { encodePart } from '../support/access-token.ts';
import { type InProcess, recordedCall, startInProcess } from './in-process.ts';

// Answers that are nearly right: a proxy, a fault of the service, or somebody in between has changed one thing. None is
// taken, none is a fault of the module, and nothing is sent to where they point.

const other = '11112222-bbbb-3333-cccc-4444dddd5555';
const secret = 'strange~secret';
let authority: InProcess;
let user: User;
let tenantId: string;
let clientId: string;

beforeAll(async () => {
  authority = await startInProcess();
  const { directory } = authority.entra;
  tenantId = directory.tenantOf('AzureCloud').id;
  user = directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
  ({ clientId } = directory.addApplication({ secrets: [{ value: secret }] }));
});

afterEach(() => {
  vi.useRealTimers();
  authority.entra.faults.clear();
  authority.entra.log.clear();
  authority.entra.settings.deviceCodeLifetime = 900;
  expect(authority.entra.failures).toEqual([]);
});

afterAll(() => authority?.[Symbol.asyncDispose]());

const application = (environment: 'AzureCloud' | 'AzurePPE' = 'AzureCloud') =>
  applicationSignIn({ environment, tenant: authority.entra.directory.tenantOf(environment).id }, clientId, {
    kind: 'secret',
    secret,
  });

async function redemption(tenant?: string): Promise<SignInRequest> {
  const token = await authority.entra.issueRefreshToken(user, commandLineClientId);
  return refreshTokenSignIn({ tenant }, commandLineClientId, token);
}

function expectUnusable(error: AuthError, fault: string | RegExp, host = 'login.microsoftonline.com'): void {
  expect(error).toMatchObject({ code: 'AuthorityAnswerInvalid', target: host, data: { IsRetriable: 'True' } });
  expect(error.message).toMatch(fault);
  expect(error.recommendedAction).toMatch(/^(Try again\. If it goes on|A proxy, a filter)/);
}

const missing = /something is missing in its answer, or not of its kind/;
const info = (value: object) => changedFields({ client_info: encodePart(value) });

describe.each<[name: string, sign: (fault: RequestFault) => Promise<AuthError>]>([
  [
    'a refresh token',
    async fault => {
      authority.entra.faults.add({ path: '/token', fault });
      return await authority.refused(await redemption());
    },
  ],
  [
    'a device code',
    async fault => {
      const approved = authority.entra.nextDeviceCode().then(async ({ userCode }) => {
        await authority.entra.approveDevice(userCode, user);
      });
      authority.entra.faults.add({ path: '/token', fault });
      const error = await authority.refused(userSignIn({}, true));
      await approved;
      return error;
    },
  ],
  [
    'a browser',
    async fault => {
      authority.entra.faults.add({ path: '/token', fault });
      const call = recordedCall();
      const visit = async () => {
        await using visitor = new PageVisitor(authority.entra);
        return await visitor.signIn(await call.page, user);
      };
      const [error, page] = await Promise.all([authority.refused(userSignIn({}, false), call), visit()]);
      expect(page.html).toContain('Not signed in');
      return error;
    },
  ],
])('With %s, tokens', (_name, refused) => {
  test.each<[what: string, RequestFault, fault: string | RegExp]>([
    [
      'with an id_token that is no JSON',
      changedFields({ id_token: 'aaaa.bbbb.cccc' }),
      'payload of its id_token is not JSON',
    ],
    ['with an id_token that is a list', changedFields({ id_token: 'aaaa.W10.cccc' }), 'is not a JSON object'],
    ['with an id_token of two parts', changedFields({ id_token: 'aaaa.bbbb' }), missing],
    ['without an id_token', changedFields({ id_token: undefined }), missing],
    ['of a tenant that is a path', changedIdToken({ tid: '../../evil' }), "'tid' claim of its id_token is not a GUID"],
    ['of no tenant', changedIdToken({ tid: undefined }), "'tid' claim of its id_token is not a GUID"],
    ['of a user by number', changedIdToken({ oid: 5 }), "'oid' claim of its id_token is not a GUID"],
    [
      'with a list of names',
      changedIdToken({ preferred_username: ['a'] }),
      "'preferred_username' claim of its id_token is not",
    ],
    ['with a number for a name', changedIdToken({ name: 5 }), "'name' claim of its id_token is not a text"],
    [
      'of another issuer',
      changedIdToken({ iss: 'https://sts.evil.example/x/v2.0' }),
      'its id_token has another issuer',
    ],
    [
      "of another cloud's issuer",
      changedIdToken({ iss: `https://login.microsoftonline.us/x/v2.0` }),
      'has another issuer',
    ],
    ['of no issuer', changedIdToken({ iss: undefined }), 'its id_token has another issuer'],
    ["of another tenant's issuer", changedIdToken({ tid: other }), 'its id_token has another issuer'],
    ['for another application', changedIdToken({ aud: other }), 'its id_token is for another application'],
    ['for several applications', changedIdToken({ aud: [commandLineClientId, other] }), 'is for another application'],
    ['with a client_info that is no JSON', changedFields({ client_info: '%%%' }), 'its client_info is not base64url'],
    ['with a client_info of nobody', info({ uid: '', utid: 5 }), 'its client_info names no account'],
    ['with a number for a client_info', changedFields({ client_info: 5 }), missing],
    ['with a list of scopes', changedFields({ scope: ['User.Read'] }), missing],
    ['of the type pop', changedFields({ token_type: 'pop' }), 'its access token is not a Bearer token'],
    ['of the type DPoP', changedFields({ token_type: 'DPoP' }), 'its access token is not a Bearer token'],
    ['of no type', changedFields({ token_type: undefined }), missing],
    ['that last for ages', changedFields({ expires_in: 1e12 }), missing],
    ['that last for a text of ages', changedFields({ expires_in: '9'.repeat(12) }), missing],
    ['that have expired', changedFields({ expires_in: -1 }), missing],
    ['that last for no number', changedFields({ expires_in: 'soon' }), missing],
    ['with a list for a later time', changedFields({ ext_expires_in: [1] }), missing],
    ['with an object for a refresh token', changedFields({ refresh_token: {} }), missing],
  ])('%s are not taken', async (_what, fault, expected) => {
    expectUnusable(await refused(fault), expected);
  });
});

test('With a browser, tokens of another sign-in are not taken', async () => {
  authority.entra.faults.add({ path: '/token', fault: changedIdToken({ nonce: 'another' }) });
  const call = recordedCall();
  const visit = async () => {
    await using visitor = new PageVisitor(authority.entra);
    return await visitor.signIn(await call.page, user);
  };
  const [error] = await Promise.all([authority.refused(userSignIn({}, false), call), visit()]);
  expectUnusable(error, 'its id_token belongs to another sign-in');
});

test('Tokens of another tenant than the one that was asked for are not taken', async () => {
  const iss = `https://login.microsoftonline.com/${other}/v2.0`;
  authority.entra.faults.add({ path: '/token', fault: changedIdToken({ tid: other, iss }) });
  expectUnusable(await authority.refused(await redemption(tenantId)), 'its id_token is of another tenant');
});

test.each<[what: string, RequestFault, fault: string | RegExp]>([
  ['of the type pop', changedFields({ token_type: 'pop' }), 'its access token is not a Bearer token'],
  ['with a list of scopes', changedFields({ scope: [] }), missing],
  ['that last for ages', changedFields({ expires_in: 1e12 }), missing],
])('A token for an application %s is not taken', async (_what, fault, expected) => {
  authority.entra.faults.add({ path: '/token', fault });
  expectUnusable(await authority.refused(application()), expected);
});

describe('A configuration', () => {
  const ppe = 'login.windows-ppe.net';
  const evil = 'https://login.windows-ppe.net.evil.example/x';

  test.each(['issuer', 'token_endpoint', 'authorization_endpoint', 'jwks_uri', 'end_session_endpoint'])(
    'with %s at another host is not followed',
    async name => {
      for (const address of [
        evil,
        'https://login.microsoftonline.com/x',
        'https://login.windows-ppe.net@evil.example/',
      ]) {
        authority.entra.faults.clear();
        authority.entra.faults.add({ path: '/openid-configuration', fault: changedFields({ [name]: address }) });
        expectUnusable(await authority.refused(application('AzurePPE')), `its ${name} is at another host`, ppe);
      }
      expect(authority.entra.log.hosts()).toEqual([ppe]);
      expect(authority.entra.log.to('/token')).toEqual([]);
    },
  );

  test('with its endpoints at its own hosts is', async () => {
    const issuer = `https://sts.windows-ppe.net/${authority.entra.directory.tenantOf('AzurePPE').id}/`;
    authority.entra.faults.add({ path: '/openid-configuration', fault: changedFields({ issuer }) });
    const { context } = await authority.signIn(application('AzurePPE'));
    expect(context.account.type).toBe('ServicePrincipal');
  });
});

describe('A device code', () => {
  /** Signs in with a code, told of with these fields; gives the call. */
  async function signIn(fields: Record<string, unknown>) {
    authority.entra.faults.add({ path: '/devicecode', fault: changedFields(fields) });
    const call = recordedCall();
    const approved = authority.entra
      .nextDeviceCode()
      .then(({ userCode }) => authority.entra.approveDevice(userCode, user));
    await authority.signIn(userSignIn({}, true), call);
    await approved;
    return call;
  }

  test.each([
    'https://microsoft.com/devicelogin',
    'https://www.microsoft.com/link',
    'https://login.microsoftonline.us/common/oauth2/deviceauth',
    'https://aka.ms/devicelogin',
  ])('for %s is shown without a warning', async page => {
    const { warned, announced } = await signIn({ verification_uri: page });
    expect(warned).toEqual([]);
    expect(announced[0]).toContain(` ${page} `);
  });

  test.each([
    'https://microsoft.com.evil.example/devicelogin',
    'https://evilmicrosoft.com/devicelogin',
    'https://microsoft.com@evil.example/devicelogin',
    'https://microsoft.com:pw@microsoft.com/',
    'https://xn--mcrosoft-tkb.com/',
  ])('for %s is shown with a warning that names it', async page => {
    const { warned, announced } = await signIn({ verification_uri: page });
    expect(warned).toEqual([
      `The page for the code, ${page}, is none that is known as Microsoft's. Enter the code there only if you trust it.`,
    ]);
    expect(announced[0]).toContain(` ${page} `);
  });

  test("names the page that was looked at, whatever the authority's own message says", async () => {
    const { announced } = await signIn({ message: 'Open https://evil.example and enter your password.' });
    expect(announced[0]).toMatch(
      /^To sign in, use a web browser to open the page https:\/\/microsoft\.com\/devicelogin and enter the code \S+ to/,
    );
  });

  test.each([
    ['for a page of another kind', { verification_uri: 'javascript:alert(1)' }],
    ['for a page in the clear', { verification_uri: 'http://microsoft.com/devicelogin' }],
    ['that lasts for more than a day', { expires_in: 86_401 }],
    ['that has expired', { expires_in: 0 }],
    ['that is to be asked about too rarely', { interval: 301 }],
    ['that is to be asked about without a pause', { interval: 0 }],
    ['with a text as the interval', { interval: 'soon' }],
  ])('%s is not taken', async (_what, fields) => {
    authority.entra.faults.add({ path: '/devicecode', fault: changedFields(fields) });
    const call = recordedCall();
    expectUnusable(await authority.refused(userSignIn({}, true), call), missing);
    expect([...call.announced, ...call.warned]).toEqual([]);
  });

  test('is waited for by a clock that does not jump', async () => {
    // The authority is in this process too, so that the clock is changed for it as well.
    authority.entra.settings.deviceCodeLifetime = 1e7;
    authority.entra.faults.add({ path: '/devicecode', fault: changedFields({ expires_in: 900 }) });
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = recordedCall();
    const signedIn = authority.signIn(userSignIn({}, true), call);
    const { userCode } = await authority.entra.nextDeviceCode();
    await authority.entra.nextDevicePoll(userCode);
    for (const hours of [24, -48]) {
      vi.setSystemTime(Date.now() + hours * 3_600_000);
      await authority.entra.nextDevicePoll(userCode);
    }
    vi.useRealTimers();
    await authority.entra.approveDevice(userCode, user);
    expect((await signedIn).context.account.objectId).toBe(user.objectId);
  });

  test('that nobody entered in time is told so when its time is over', async () => {
    authority.entra.settings.deviceCodeLifetime = 1;
    expect(await authority.refused(userSignIn({}, true))).toMatchObject({ code: 'DeviceCodeExpired' });
  });
});

test('A name in an id_token reaches the context as text that is seen', async () => {
  const preferred_username = '\u001b]0;x\u0007adele\u202e@contoso.example\n';
  authority.entra.faults.add({ path: '/token', fault: changedIdToken({ preferred_username }) });
  const { context } = await authority.signIn(await redemption());
  expect(context.account.identifier).toBe('`u{1b}]0;x`u{7}adele`u{202e}@contoso.example`u{a}');
});
