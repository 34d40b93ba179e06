import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandLineClientId, type User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roomFor } from '../../packages/ts-cmdlet/test/support/full-disk.ts';
import { ownModule } from '../../packages/ts-cmdlet/test/support/own-module.ts';
import { hasSecretService, noSecretService, type SecretService, startSecretService } from './secret-service.ts';
import {
  Context,
  expectNoSecrets,
  manifest,
  type Recorded,
  type SignInShell,
  startSignInShell,
} from './sign-in-shell.ts';

// Who stays signed in across sessions under SECMGMT_TOKEN_CACHE=persistent, and what may be found on the disk then. On
// Linux with a real Secret Service; a machine without one skips this, and CI fails.

const mayRun = process.platform === 'linux' && (hasSecretService || process.env.CI !== undefined);
const deviceCode = 'Connect-SecMgmtAccount -UseDeviceAuthentication -Verbose';

let entra: Entra;
let service: SecretService;
let adele: User;
let megan: User;
let meganOfGovernment: User;
/** The user's local application data, new for each test. */
let data: string;
/** The PowerShells that no session is in. */
const idle: SignInShell[] = [];

beforeAll(async () => {
  if (!mayRun) return;
  [entra, service] = await Promise.all([startEntra(), startSecretService()]);
  entra.settings.deviceCodeInterval = 1;
  const { id: tenantId } = entra.directory.tenantOf('AzureCloud');
  const { id: governmentId } = entra.directory.tenantOf('AzureUSGovernment');
  adele = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
  megan = entra.directory.addUser({ tenantId, userPrincipalName: 'megan@contoso.example' });
  meganOfGovernment = entra.directory.addUser({
    tenantId: governmentId,
    userPrincipalName: 'megan@government.example',
  });
});

afterAll(async () => {
  if (!mayRun) return;
  await endIdle();
  expectNoSecrets(entra);
  expect(entra.failures).toEqual([]);
  await service?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'data-'));
});

afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

/**
 * Starts a session, with more in its environment where given: the module, imported into a PowerShell that no other session is
 * in. What a session has in memory is in the process of its core, which ends with the module.
 */
async function startSession(environment: Readonly<Record<string, string>> = {}): Promise<SignInShell> {
  const process = idle.pop() ?? (await startSignInShell(entra));
  const variables = {
    SECMGMT_TOKEN_CACHE: 'persistent',
    XDG_DATA_HOME: data,
    ...service.environment,
    ...environment,
  };
  const settings = Object.entries(variables).map(([name, value]) => `$env:${name} = ${quote(value)}`);
  await process.shell.show([...settings, `Import-Module ${quote(manifest)} -Force`].join('; '));
  return {
    ...process,
    async [Symbol.asyncDispose]() {
      const resets = Object.keys(variables).map(name => `$env:${name} = $null`);
      await process.shell.show(['Remove-Module SecMgmt', ...resets].join('; '));
      idle.push(process);
    },
  };
}

/** Has the next sessions be in processes of their own. */
async function endIdle(): Promise<void> {
  await Promise.all(idle.splice(0).map(process => process[Symbol.asyncDispose]()));
}

/** Connects, and has a person enter the code that the call shows. */
async function connectByCode(session: SignInShell, person: User, call = deviceCode): Promise<Recorded> {
  const entering = entra.nextDeviceCode().then(({ userCode }) => entra.approveDevice(userCode, person));
  const recording = session.record(call);
  // A call that fails asks for no code: its error is told then, and nothing waits for one.
  const recorded = await Promise.race([recording, entering.then(() => recording)]);
  expect(identifierOf(recorded)).toBe(person.userPrincipalName);
  return recorded;
}

/** Connects in a session that ends then. */
async function connectBefore(person: User, call = deviceCode): Promise<void> {
  await using session = await startSession();
  const recorded = await connectByCode(session, person, call);
  expect(recorded.texts('warning')).toEqual([expect.stringContaining('devicelogin')]);
}

/** Connects, with nobody there to enter a code. */
async function connectSilently(session: SignInShell, call = deviceCode): Promise<Recorded> {
  entra.log.clear();
  const recorded = await session.record(call);
  expect(grants()).toEqual(['refresh_token']);
  expect(entra.log.to('/devicecode')).toEqual([]);
  return recorded;
}

function grants(): (string | null)[] {
  const exchanges = entra.log.to('/oauth2/v2.0/token');
  return exchanges.map(({ request }) => new URLSearchParams(request.body.toString()).get('grant_type'));
}

/** The name of Adele's and Megan's tenant. */
function tenantName(): string {
  const [name] = entra.directory.tenantOf('AzureCloud').domains;
  if (name === undefined) throw new Error('The tenant has no name.');
  return name;
}

function identifierOf(recorded: Recorded): string {
  return Value.Parse(Context, recorded.output).Account.Identifier;
}

const folder = () => path.join(data, 'SecMgmt');
/** The newest version of the file, by its number. */
async function file(): Promise<string> {
  const numbers = (await readdir(folder())).map(name => Number(/^token-cache\.(\d+)$/.exec(name)?.[1] ?? 0));
  return path.join(folder(), `token-cache.${Math.max(...numbers)}`);
}
/** What the newest version has after its line of ids. */
const envelopeText = async () => (await readFile(await file(), 'utf8')).split('\n', 2)[1] ?? '';
/** There is one file, and nothing beside it. */
const expectFileAlone = async () =>
  expect(await filesLeft()).toEqual(['SecMgmt', path.join('SecMgmt', path.basename(await file()))]);
const filesLeft = async () => (await readdir(data, { recursive: true })).sort();
const setAside = async () => (await filesLeft()).filter(name => name.endsWith('.unusable'));

describe.runIf(mayRun)('a person who has connected once', () => {
  test('connects in the next session without a question, and the file tells nobody a secret', async () => {
    await connectBefore(adele);
    await endIdle();
    await using session = await startSession();
    const recorded = await connectSilently(session, 'Connect-SecMgmtAccount -Verbose');
    expect(Value.Parse(Context, recorded.output).Account).toMatchObject({
      ObjectId: adele.objectId,
      Identifier: adele.userPrincipalName,
      Tenant: adele.tenantId,
      Type: 'User',
    });
    expect(recorded.texts('warning')).toEqual([]);
    expect(recorded.texts('verbose').join('\n')).toContain(adele.userPrincipalName);

    await expectFileAlone();
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
    expect((await stat(await file())).mode & 0o777).toBe(0o600);
    const bytes = await readFile(await file(), 'latin1');
    for (const { name, value } of entra.secretsInUse()) {
      for (const form of [value, Buffer.from(value).toString('base64')]) {
        expect(bytes.includes(form), `the file has a secret (${name})`).toBe(false);
      }
    }
    expect(bytes).not.toContain(adele.userPrincipalName);
  });

  test('is asked again after Disconnect-SecMgmtAccount', async () => {
    await connectBefore(adele);
    await using session = await startSession();
    await connectSilently(session);
    expect((await session.record('Disconnect-SecMgmtAccount')).written).toEqual([]);
    await expectFileAlone();
    expect(await envelopeText()).toBe('');

    await using next = await startSession();
    entra.log.clear();
    await connectByCode(next, adele);
    expect(entra.log.to('/devicecode')).toHaveLength(1);
  });

  test('is asked again when the authority wants that, and then is known again', async () => {
    await connectBefore(adele);
    entra.revokeRefreshTokens({ user: adele });
    await using session = await startSession();
    const recorded = await connectByCode(session, adele);
    expect(recorded.texts('verbose').join('\n')).toContain(`${adele.userPrincipalName} has to sign in again`);
    await using next = await startSession();
    await connectSilently(next);
  });

  test('does not stand in the way of another, once the authority has refused for good', async () => {
    await connectBefore(adele);
    entra.revokeRefreshTokens({ user: adele });
    await connectBefore(megan);
    await using session = await startSession();
    expect(identifierOf(await connectSilently(session))).toBe(megan.userPrincipalName);
  });

  test('is not taken for an account of another environment or tenant', async () => {
    await connectBefore(adele);
    const other = entra.directory.addTenant({ environment: 'AzureCloud' });
    const guest = entra.directory.addUser({ tenantId: other.id, userPrincipalName: 'lee@fabrikam.example' });
    await using session = await startSession();
    await connectByCode(session, guest, `${deviceCode} -Tenant ${other.id}`);
    await connectByCode(session, meganOfGovernment, `${deviceCode} -Environment AzureUSGovernment`);

    await using next = await startSession();
    const byTenant = await connectSilently(next, `${deviceCode} -Tenant ${adele.tenantId}`);
    expect(identifierOf(byTenant)).toBe(adele.userPrincipalName);
    const byEnvironment = await connectSilently(next, `${deviceCode} -Environment AzureUSGovernment`);
    expect(identifierOf(byEnvironment)).toBe(meganOfGovernment.userPrincipalName);
  });

  test('is found by the tenant name that was asked for before', async () => {
    const domain = tenantName();
    await connectBefore(adele, `${deviceCode} -Tenant ${domain}`);
    await using session = await startSession();
    await connectSilently(session, `${deviceCode} -Tenant ${domain}`);
  });

  test('is asked where two accounts fit', async () => {
    await connectBefore(adele);
    await using session = await startSession();
    await connectByCode(session, megan, `${deviceCode} -Tenant ${tenantName()}`);
    entra.log.clear();
    const recorded = await connectByCode(session, megan);
    expect(recorded.texts('verbose').join('\n')).toContain('2 accounts');
    expect(entra.log.to('/devicecode')).toHaveLength(1);
  });
});

describe.runIf(mayRun)('two sessions at once', () => {
  test('each keep their account, however often both write', async () => {
    await using one = await startSession();
    await using two = await startSession();
    await connectByCode(one, adele);
    await connectByCode(two, meganOfGovernment, `${deviceCode} -Environment AzureUSGovernment`);
    const renewals = 'foreach ($i in 1..15) { [void] (Get-SecMgmtContext -Refresh) }';
    const [first, second] = await Promise.all([one.record(renewals), two.record(renewals)]);
    expect([...first.written, ...second.written]).toEqual([]);

    await using third = await startSession();
    expect(identifierOf(await connectSilently(third))).toBe(adele.userPrincipalName);
    const other = await connectSilently(third, `${deviceCode} -Environment AzureUSGovernment`);
    expect(identifierOf(other)).toBe(meganOfGovernment.userPrincipalName);
    await expectFileAlone();
  });

  test('use the newest refresh token, whichever of them has got it', async () => {
    entra.settings.usedRefreshTokens = 'refused';
    await using one = await startSession();
    await connectByCode(one, adele);
    await using two = await startSession();
    await connectSilently(two);
    for (const session of [one, two, one]) {
      expect(identifierOf(await session.record('Get-SecMgmtContext -Refresh'))).toBe(adele.userPrincipalName);
    }
    entra.settings.usedRefreshTokens = 'accepted';
  });

  test('do not bring back an account that one of them has disconnected', async () => {
    await using one = await startSession();
    await connectByCode(one, adele);
    await using two = await startSession();
    await connectSilently(two);
    await two.record('Disconnect-SecMgmtAccount');
    const renewed = await one.record('Get-SecMgmtContext -Refresh -Verbose');
    expect(identifierOf(renewed)).toBe(adele.userPrincipalName);
    expect(renewed.texts('verbose').join('\n')).toContain('Another session has disconnected');
    await expectFileAlone();
    expect(await envelopeText()).toBe('');
  });
});

describe.runIf(mayRun)('a file that cannot be used is set aside with a warning', () => {
  async function expectSetAside(reason: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const before = await readFile(await file());
    await using session = await startSession(environment);
    const recorded = await connectByCode(session, adele);
    const warnings = recorded.texts('warning').filter(text => text.includes('token cache'));
    expect(warnings).toEqual([expect.stringContaining(reason)]);
    const [aside = '', ...more] = await setAside();
    expect(more).toEqual([]);
    expect(warnings[0]).toContain(path.join(data, aside));
    expect(await readFile(path.join(data, aside))).toEqual(before);
    await using next = await startSession(environment);
    await connectSilently(next);
  }

  test('as no JSON', async () => {
    await connectBefore(adele);
    await writeFile(await file(), 'not a token cache');
    await expectSetAside('it is damaged');
  });

  test('as changed', async () => {
    await connectBefore(adele);
    const envelope = Value.Parse(Type.Record(Type.String(), Type.Unknown()), JSON.parse(await envelopeText()));
    const nonce = Buffer.from(String(envelope.nonce), 'base64').map(byte => byte ^ 1);
    await writeFile(await file(), JSON.stringify({ ...envelope, nonce: Buffer.from(nonce).toString('base64') }));
    await expectSetAside('it was changed');
  });

  test("as another user's", async () => {
    await connectBefore(adele);
    await using other = await startSecretService();
    await expectSetAside('another key', other.environment);
  });

  test('as of a later version', async () => {
    await connectBefore(adele);
    const text = await readFile(await file(), 'utf8');
    await writeFile(await file(), text.replace('"version":1', '"version":2'));
    await expectSetAside('a later version of SecMgmt wrote it (format 2)');
  });
});

describe.runIf(mayRun)('without a guard for the key, tokens stay in memory', () => {
  async function expectMemory(reason: string | RegExp, environment: Readonly<Record<string, string>>): Promise<void> {
    await using session = await startSession(environment);
    const recorded = await connectByCode(session, adele);
    const warnings = recorded.texts('warning').filter(text => text.includes('memory'));
    expect(warnings).toEqual([expect.stringMatching(reason)]);
    const renewed = await session.record('Get-SecMgmtContext -Refresh');
    expect(renewed.texts('warning')).toEqual([]);
    expect(identifierOf(renewed)).toBe(adele.userPrincipalName);
    expect((await session.record('Disconnect-SecMgmtAccount')).written).toEqual([]);
  }

  test('when no keyring runs', async () => {
    await expectMemory(/the Secret Service gives no place for the cache's key/, noSecretService);
    expect(await filesLeft()).toEqual([]);
  });

  test('when the keyring is locked, and has no key yet', async () => {
    await using locked = await startSecretService('locked');
    await expectMemory(/the Secret Service gives no place for the cache's key/, locked.environment);
    expect(await filesLeft()).toEqual([]);
  });

  test('when the keyring is locked, and the file stays as it is, which Disconnect-SecMgmtAccount says', async () => {
    await connectBefore(adele);
    const before = await readFile(await file());
    await using locked = await startSecretService('locked', service.keyring);
    await using session = await startSession(locked.environment);
    const recorded = await connectByCode(session, adele);
    expect(recorded.texts('warning')).toContainEqual(expect.stringContaining('unlock prompt was dismissed'));
    const disconnected = await session.record('Disconnect-SecMgmtAccount');
    expect(disconnected.texts('warning')).toEqual([expect.stringContaining(`Delete the folder ${folder()}`)]);
    expect(await readFile(await file())).toEqual(before);
  });

  test('when D-Bus takes a connection and never says a word, which is waited for once', async () => {
    const bus = path.join(data, 'bus');
    const connections: Socket[] = [];
    const server = createServer(socket => void connections.push(socket));
    await new Promise<void>(resolve => server.listen(bus, resolve));
    try {
      const environment = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}` };
      await using session = await startSession(environment);
      for (const reason of ['it has not answered for 5 seconds', 'it has not answered an earlier question']) {
        const recorded = await connectByCode(session, adele);
        expect(recorded.texts('warning')).toContainEqual(expect.stringContaining(`cache's key (${reason})`));
        expect(connections).toHaveLength(1);
      }
      expect((await session.record('Disconnect-SecMgmtAccount')).written).toEqual([]);
      expect(await filesLeft()).toEqual(['bus']);
    } finally {
      for (const socket of connections) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    }
  });

  test('when the file has no place', async () => {
    await writeFile(path.join(data, 'occupied'), '');
    await expectMemory(/ENOTDIR/, { XDG_DATA_HOME: path.join(data, 'occupied') });
  });
});

describe.runIf(mayRun)('a full disk is one warning, and the person stays signed in for this session:', () => {
  /** A session whose core cannot write a byte into a file. */
  async function startFullSession(): Promise<SignInShell> {
    const node = path.join(data, 'node');
    await writeFile(node, `#!/bin/sh\n${roomFor(0)} && exec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    return await startSession({ SECMGMT_NODE: node });
  }

  const expectOneWarning = (recorded: Recorded) => {
    const warnings = recorded.texts('warning').filter(text => !text.includes('devicelogin'));
    expect(warnings).toEqual([
      expect.stringMatching(/memory of this session alone: .*token-cache\.\d+ cannot be written \(EFBIG/),
    ]);
  };

  test('the file stays as it was, with nothing beside it', async () => {
    await connectBefore(adele);
    const before = await readFile(await file());
    await using session = await startFullSession();
    expectOneWarning(await connectSilently(session));
    const renewed = await session.record('Get-SecMgmtContext -Refresh');
    expect(renewed.texts('warning')).toEqual([]);
    expect(identifierOf(renewed)).toBe(adele.userPrincipalName);
    expect(await readFile(await file())).toEqual(before);
    expect(await readdir(folder())).toEqual([path.basename(await file())]);
    await using next = await startSession();
    await connectSilently(next);
  });

  test('no half of a file is left where there was none', async () => {
    await using session = await startFullSession();
    expectOneWarning(await connectByCode(session, adele));
    expect(await readdir(folder())).toEqual([]);
    expect(identifierOf(await session.record('Get-SecMgmtContext'))).toBe(adele.userPrincipalName);
  });
});

describe.runIf(mayRun)('nothing of it is touched', () => {
  test('by a preview', async () => {
    await connectBefore(adele);
    await writeFile(await file(), 'damaged');
    await using unused = await startSecretService();
    await using session = await startSession(unused.environment);
    await session.shell.show('Connect-SecMgmtAccount -WhatIf; Connect-SecMgmtAccount -UseDeviceAuthentication -WhatIf');
    expect(await readFile(await file(), 'utf8')).toBe('damaged');
    expect(unused.wasAsked).toBe(false);
    await expectFileAlone();
  });

  test('by the sign-in of an application, or with tokens that were given', async () => {
    await using unused = await startSecretService();
    await using session = await startSession(unused.environment);
    const { clientId } = entra.directory.addApplication({ secrets: [{ value: 'cache~secret' }] });
    const credential = `(New-ClientCredential ${clientId} 'cache~secret')`;
    const refreshToken = await entra.issueRefreshToken(adele, commandLineClientId);
    for (const call of [
      `Connect-SecMgmtAccount -ServicePrincipal -Credential ${credential} -Tenant ${adele.tenantId}`,
      `Connect-SecMgmtAccount -RefreshToken '${refreshToken}' -ApplicationId ${commandLineClientId}`,
    ]) {
      const recorded = await session.record(call);
      Value.Parse(Context, recorded.output);
      expect(recorded.texts('warning')).toEqual([]);
      await session.record('Get-SecMgmtContext -Refresh; Disconnect-SecMgmtAccount');
    }
    expect(unused.wasAsked).toBe(false);
    expect(await filesLeft()).toEqual([]);
  });

  test.each(['', 'memory', 'Memory'])("where SECMGMT_TOKEN_CACHE is '%s'", async value => {
    await using unused = await startSecretService();
    await using session = await startSession({ ...unused.environment, SECMGMT_TOKEN_CACHE: value });
    const recorded = await connectByCode(session, adele);
    expect(recorded.texts('warning')).toHaveLength(1); // the code
    expect(unused.wasAsked).toBe(false);
    expect(await filesLeft()).toEqual([]);
  });

  test('where SECMGMT_TOKEN_CACHE is anything else, which is told', async () => {
    await using session = await startSession({ SECMGMT_TOKEN_CACHE: 'disk' });
    const recorded = await connectByCode(session, adele);
    const [warning] = recorded.texts('warning');
    for (const value of ["'disk'", "'memory'", "'persistent'"]) expect(warning).toContain(value);
    expect(await filesLeft()).toEqual([]);
  });
});

describe.runIf(mayRun)('the file is in the place for local application data', () => {
  test('under the home folder, where XDG_DATA_HOME names none', async () => {
    await using session = await startSession({ XDG_DATA_HOME: 'not/absolute' });
    const recorded = await connectByCode(session, adele);
    expect(recorded.texts('warning')).toEqual([expect.stringContaining('devicelogin')]);
    const place = path.join(session.home, '.local', 'share', 'SecMgmt', 'token-cache.1');
    expect((await stat(place)).mode & 0o777).toBe(0o600);
    expect(await filesLeft()).toEqual([]);
  });
});

// On Windows, where the key is DPAPI's to guard, nothing above runs.
test.runIf(mayRun)('DPAPI is not there on this platform, and says so', async () => {
  await using session = await startSession();
  for (const name of ['Protect-TokenCacheKey', 'Unprotect-TokenCacheKey']) {
    const { error } = await session.record(`& ${ownModule('SecMgmt')} { ${name} 'AAAA' }`);
    expect(error.id).toMatch(/^TokenCacheKeyUnusable/);
    expect(error.category).toBe('SecurityError');
    expect(error.message).toMatch(/^Windows does not (un)?protect the key of the token cache: /);
  }
});
