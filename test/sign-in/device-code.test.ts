import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { type PowerShellProcess, startSession } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentedCodes } from './documented-codes.ts';
import { Context, expectNoSecrets, manifest, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// RFC 8628 as a person meets it: a code is shown, and the shell waits until it was entered, refused, too old or stopped.

const call = 'Connect-SecMgmtAccount -UseDeviceAuthentication';

let entra: Entra;
let shell: SignInShell;
let user: User;

beforeAll(async () => {
  entra = await startEntra();
  entra.settings.deviceCodeInterval = 1;
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
  shell = await startSignInShell(entra);
});

afterEach(() => {
  expect(entra.failures).toEqual([]);
});

afterAll(async () => {
  expectNoSecrets(entra);
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** Runs the call, and has a person do something with its code. */
async function signIn(person: (userCode: string) => unknown) {
  const acting = entra.nextDeviceCode().then(async device => {
    await person(device.userCode);
    return device;
  });
  const [recorded, device] = await Promise.all([shell.record(call), acting]);
  return { recorded, device };
}

test('shows the code, waits while the sign-in is pending, and connects', async () => {
  const { recorded, device } = await signIn(async userCode => {
    await entra.nextDevicePoll(userCode);
    await entra.nextDevicePoll(userCode);
    await entra.approveDevice(userCode, user);
  });
  const { Account } = Value.Parse(Context, recorded.output);
  expect(Account.Identifier).toBe(user.userPrincipalName);
  const [warning] = recorded.texts('warning');
  expect(warning).toContain(device.userCode);
  expect(warning).toContain('https://microsoft.com/devicelogin');
  // Whoever entered the code is named, so that somebody else is noticed.
  expect(recorded.texts('information')).toEqual([`Signed in as ${user.userPrincipalName} in tenant ${user.tenantId}.`]);
  expect(device.clientId).toBe(commandLineClientId);
  expect(device.polls.length).toBeGreaterThanOrEqual(3);
});

test('asks less often when it is told to slow down', async () => {
  const { recorded, device } = await signIn(async userCode => {
    entra.slowDevice(userCode);
    await entra.nextDevicePoll(userCode);
    await entra.approveDevice(userCode, user);
  });
  Value.Parse(Context, recorded.output);
  expect(device.polls.map(({ answer }) => /"error":"(\w+)"/.exec(answer)?.[1])).toContain('slow_down');
});

test('says so when the person declines', async () => {
  const { recorded } = await signIn(userCode => entra.declineDevice(userCode));
  expect(recorded.error).toMatchObject({
    id: 'AuthorizationDeclined,Connect-SecMgmtAccount',
    category: 'PermissionDenied',
    exception: 'System.Security.Authentication.AuthenticationException',
  });
});

describe('says so when the code is too old', () => {
  test('by the authority', async () => {
    const { recorded } = await signIn(userCode => entra.expireDevice(userCode));
    expect(recorded.error).toMatchObject({
      id: 'DeviceCodeExpired,Connect-SecMgmtAccount',
      category: 'OperationTimeout',
      exception: 'System.TimeoutException',
    });
  });

  test('by its own time', async () => {
    entra.settings.deviceCodeLifetime = 1;
    const { recorded } = await signIn(() => {});
    entra.settings.deviceCodeLifetime = 900;
    expect(recorded.error.id).toBe('DeviceCodeExpired,Connect-SecMgmtAccount');
  });
});

describe('no code is given', () => {
  beforeEach(() => entra.log.clear());
  afterEach(() => entra.faults.clear());

  /** Has the authority answer the question for a code with an error, as it answers a poll. */
  function refuse(error: string, number: number): void {
    const refusal = { error, error_codes: [number], error_description: `AADSTS${number}: Own words of the service.` };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(refusal);
    entra.faults.add({ path: '/devicecode', fault: { kind: 'answer', status: 400, headers, body } });
  }

  // test/auth/authority-flows.test.ts has every code.
  const some = documentedCodes.filter(({ number }) => [90002, 700016, 53003].includes(number));

  test.each(some)('for AADSTS$number ($name), which is $code', async ({ code, number }) => {
    refuse('invalid_request', number);
    const recorded = await shell.record(call);
    expect(recorded.error.id).toBe(`${code},Connect-SecMgmtAccount`);
    expect(recorded.error.message).toMatch(new RegExp(`\\(AADSTS${number}\\)$`));
    expect(recorded.error.data).toMatchObject({
      ErrorCode: `AADSTS${number}`,
      AuthorityMessage: `AADSTS${number}: Own words of the service.`,
    });
    // Nothing was shown, and there was no poll.
    expect(recorded.texts('warning')).toEqual([]);
    expect(entra.log.to('/token')).toEqual([]);
  });

  test.each(['authorization_pending', 'slow_down'])('for %s, which is for polls', async error => {
    refuse(error, 70016);
    const recorded = await shell.record(call);
    expect(recorded.error).toMatchObject({
      id: 'SignInRefused,Connect-SecMgmtAccount',
      message: 'Own words of the service. (AADSTS70016)',
    });
    expect(entra.log.to('/token')).toEqual([]);
  });
});

test.each([
  ['a thread job', (script: string) => `Start-ThreadJob { ${script} } | Receive-Job -Wait -AutoRemoveJob`],
  ['a parallel block', (script: string) => `1 | ForEach-Object -Parallel { ${script} }`],
])('the code is seen in %s with silent warnings', async (_what, within) => {
  const script = `Import-Module ${quote(manifest)}; $WarningPreference = 'SilentlyContinue'; ${call}`;
  const issued = entra.nextDeviceCode().then(async ({ userCode }) => {
    await entra.approveDevice(userCode, user);
    return userCode;
  });
  const [recorded, userCode] = await Promise.all([shell.record(within(script)), issued]);
  expect(recorded.texts('information').join('')).toContain(`enter the code ${userCode} to authenticate`);
  expect(recorded.texts('output')).toHaveLength(1);
});

describe('on the screen', () => {
  let session: PowerShellProcess;

  beforeAll(async () => {
    session = await startSession({ ...entra.environment, DISPLAY: '' });
    session.write(`Import-Module ${quote(manifest)}\n`);
  });

  afterAll(() => session?.[Symbol.asyncDispose]());

  test('the code is there when it is assigned to a variable and warnings are silent', async () => {
    const issued = entra.nextDeviceCode();
    session.write(
      `$c = ${call} -WarningAction SilentlyContinue; [Console]::Out.WriteLine('one: ' + $c.Account.Type)\n`,
    );
    const { userCode } = await issued;
    await session.waitForOutput(userCode);
    await entra.approveDevice(userCode, user);
    await session.waitForOutput('one: User');
  });

  // Windows has no signals: there, only a console can send a Ctrl+C.
  test.skipIf(process.platform === 'win32')('Ctrl+C ends the wait at once, and the polling with it', async () => {
    const issued = entra.nextDeviceCode();
    session.write(`try { ${call} } finally { [Console]::Out.WriteLine('stopped') }\n`);
    const { userCode, polls } = await issued;
    await entra.nextDevicePoll(userCode);
    const pressed = Date.now();
    session.kill('SIGINT');
    await session.waitForOutput('stopped');
    expect(Date.now() - pressed).toBeLessThan(500);
    const pollsThen = polls.length;

    // The next sign-in takes longer than the interval in which another poll of the first would have come.
    const next = entra.nextDeviceCode();
    session.write(`$c = ${call}; [Console]::Out.WriteLine('two: ' + $c.Account.Type)\n`);
    const second = await next;
    await entra.nextDevicePoll(second.userCode);
    await entra.nextDevicePoll(second.userCode);
    await entra.approveDevice(second.userCode, user);
    await session.waitForOutput('two: User');
    expect(polls.length).toBe(pollsThen);
  });
});
