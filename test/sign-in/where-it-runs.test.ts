import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { User } from 'fake-entra/directory';
import { type Entra, startEntra } from 'fake-entra/entra';
import { findPowerShell } from 'powershell-driver/find-powershell';
import { quote } from 'powershell-driver/session';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unsignedToken } from '../support/access-token.ts';
import { type SshServer, startSshServer } from '../support/ssh-server.ts';
import { Context, manifest, type SignInShell, startSignInShell } from './sign-in-shell.ts';

// Sessions that no person sits at: over SSH, in jobs, in many runspaces, and of a user without a home.

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

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await entra?.[Symbol.asyncDispose]();
});

/** An access token of somebody, as it comes from elsewhere. */
const tokenOf = (name: string): string =>
  unsignedToken({
    aud: 'https://graph.microsoft.com',
    tid: '00000000-0000-0000-0000-000000000001',
    oid: '00000000-0000-0000-0000-000000000002',
    upn: `${name}@contoso.example`,
    exp: Math.floor(Date.now() / 1000) + 3600,
  });

const importModule = `Import-Module ${quote(manifest)}`;

/** A script that connects with somebody's token, and gives the name of the account. */
const connect = (name: string) => `(Connect-SecMgmtAccount -AccessToken ${quote(tokenOf(name))}).Account.Identifier`;

/** A script that sets $token to somebody's token, as a SecureString. */
const secureToken = (name: string) => `$token = ConvertTo-SecureString ${quote(tokenOf(name))} -AsPlainText -Force`;

/** A script block that connects with the SecureString that it is handed, and gives its type and the name of the account. */
const connectSecure =
  '{ param($token) $token.GetType().Name; (Connect-SecMgmtAccount -AccessToken $token).Account.Identifier }';

/** A script that signs in with a device code, without waiting for its end. */
const deviceCode = 'Connect-SecMgmtAccount -UseDeviceAuthentication';

/**
 * Runs a script that gives a job in which a device code is shown, and enters the code. What a job warns of goes to the
 * screen, past all redirection, so the job itself is asked for it.
 */
async function withCodeEntered(job: string) {
  const script = `$job = ${job}; Receive-Job $job -Wait; $job.ChildJobs[0].Warning; Remove-Job $job`;
  const acting = entra.nextDeviceCode().then(async ({ userCode }) => {
    await entra.approveDevice(userCode, user);
    return userCode;
  });
  const [recorded, code] = await Promise.all([shell.record(script), acting]);
  return { recorded, code };
}

// .ci/run installs a server; on Windows and macOS it is a part of the system that a test does not turn on.
describe.skipIf(!existsSync('/usr/sbin/sshd') && process.env.CI === undefined)('a session over SSH', () => {
  let server: SshServer;

  beforeAll(async () => {
    server = await startSshServer({ ...entra.environment, SECMGMT_NODE: process.execPath, TMPDIR: tmpdir() });
    await shell.shell.show(
      `$session = New-PSSession ${server.parameters}; Invoke-Command $session { ${importModule} }`,
    );
  });

  afterAll(async () => {
    await shell.shell.show('Get-PSSession | Remove-PSSession');
    await server?.[Symbol.asyncDispose]();
  });

  test('connects, and has its account from then on', async () => {
    const recorded = await shell.record(`Invoke-Command $session { ${connect('over.ssh')} }
      Invoke-Command $session { (Get-SecMgmtContext).Account.Type }`);
    expect(recorded.texts('error')).toEqual([]);
    expect(recorded.texts('output')).toEqual(['over.ssh@contoso.example', 'AccessToken']);
  });

  test('takes a token as a SecureString', async () => {
    const recorded = await shell.record(
      `${secureToken('secure.ssh')}; Invoke-Command $session ${connectSecure} -ArgumentList $token`,
    );
    expect(recorded.texts('error')).toEqual([]);
    expect(recorded.texts('output')).toEqual(['SecureString', 'secure.ssh@contoso.example']);
  });

  test('gives errors their ids and what to do', async () => {
    const { error } = await shell.record(`Invoke-Command $session { Connect-SecMgmtAccount -AccessToken 'no token' }`);
    expect(error.id).toBe('MalformedAccessToken,Connect-SecMgmtAccount');
    expect(error.action).toContain('access token');
  });

  test('shows a device code at the caller, as a warning', async () => {
    const { recorded, code } = await withCodeEntered(`Invoke-Command $session { ${deviceCode} } -AsJob`);
    expect(recorded.texts('warning')).toEqual([expect.stringContaining(code)]);
    expect(Value.Parse(Context, recorded.output).Account.Identifier).toBe(user.userPrincipalName);
  });

  test('has the cmdlets here by Import-PSSession, with -WhatIf', async () => {
    const recorded = await shell.record(`$imported = Import-PSSession $session -Module SecMgmt -AllowClobber
      ${connect('implicit')}
      ${secureToken('proxied')}; (Connect-SecMgmtAccount -AccessToken $token).Account.Identifier
      Get-SecMgmtContext -ListAvailable | ForEach-Object { $_.Account.Identifier }
      Disconnect-SecMgmtAccount -WhatIf
      Disconnect-SecMgmtAccount
      @(Get-SecMgmtContext).Count
      # PowerShell removes the folder of an imported session by an event, which may come after the shell's end.
      Remove-Module $imported; Remove-Item -LiteralPath $imported.ModuleBase -Recurse; ${importModule}`);
    expect(recorded.texts('error')).toEqual([]);
    const [connected, proxied, ...later] = recorded.texts('output');
    expect([connected, proxied]).toEqual(['implicit@contoso.example', 'proxied@contoso.example']);
    // The preview left the account, and the call after it did not.
    expect(later.slice(0, -1)).toContain('implicit@contoso.example');
    expect(later.at(-1)).toBe('0');
  });

  test('ends its core when it ends', async () => {
    const recorded = await shell.record(`
      $core = Invoke-Command $session { [void] (${connect('ending')}); (Get-Process).Where{ $_.Parent.Id -eq $PID -and $_.CommandLine -like '*core.mjs*' }.Id }
      $process = Get-Process -Id $core
      Remove-PSSession $session
      $process.WaitForExit(30000)`);
    expect(recorded.texts('output')).toEqual(['True']);
  });
});

describe('a job', () => {
  test('of a process of its own connects, by a token as a text and as a SecureString', async () => {
    const recorded = await shell.record(`${secureToken('secure.job')}
      Start-Job { param($token) ${importModule}; ${connect('job')}; (Get-SecMgmtContext).Account.Type
        & ${connectSecure} $token } -ArgumentList $token | Receive-Job -Wait -AutoRemoveJob`);
    expect(recorded.texts('error')).toEqual([]);
    expect(recorded.texts('output')).toEqual([
      'job@contoso.example',
      'AccessToken',
      'SecureString',
      'secure.job@contoso.example',
    ]);
  });

  test('of a process of its own shows a device code as a warning', async () => {
    const { recorded, code } = await withCodeEntered(`Start-Job { ${importModule}; ${deviceCode} }`);
    expect(recorded.texts('warning')).toEqual([expect.stringContaining(code)]);
    expect(Value.Parse(Context, recorded.output).Account.Identifier).toBe(user.userPrincipalName);
  });

  test('that asks with -Confirm, where nobody answers, is an error and connects nothing', async () => {
    const recorded = await shell.record(
      `Start-Job { ${importModule}; ${connect('asked').replace('-AccessToken', '-Confirm -AccessToken')}; Get-SecMgmtContext } | Receive-Job -Wait -AutoRemoveJob`,
    );
    expect(recorded.texts('output')).toEqual([]);
    expect(recorded.texts('error')).toHaveLength(1);
  });

  test('of a thread connects, and shares nothing with the session', async () => {
    const recorded = await shell.record(`${connect('session')}
      Start-ThreadJob { ${importModule}; @(Get-SecMgmtContext -ListAvailable).Count; ${connect('thread')} } | Receive-Job -Wait -AutoRemoveJob
      (Get-SecMgmtContext).Account.Identifier`);
    expect(recorded.texts('error')).toEqual([]);
    expect(recorded.texts('output')).toEqual([
      ...['session@contoso.example', '0', 'thread@contoso.example'],
      'session@contoso.example',
    ]);
  });
});

test('ForEach-Object -Parallel has an account in each runspace', async () => {
  const recorded = await shell.record(`
    $tokens = @{ one = ${quote(tokenOf('one'))}; two = ${quote(tokenOf('two'))}; three = ${quote(tokenOf('three'))} }
    $tokens.Keys | ForEach-Object -Parallel {
      ${importModule}
      [void] (Connect-SecMgmtAccount -AccessToken ($using:tokens)[$_])
      "$_ $((Get-SecMgmtContext -ListAvailable).Account.Identifier)"
    }`);
  expect(recorded.texts('error')).toEqual([]);
  expect(recorded.texts('output').sort()).toEqual(
    ['one', 'three', 'two'].map(name => `${name} ${name}@contoso.example`),
  );
});

/** The user that Debian has for what must own nothing. */
const NOBODY = '65534';

/** Whether that user can read all that it runs: not where the clone is in a folder of root's own. */
function canNobodyRead(files: readonly string[]): boolean {
  const user = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
  return files.every(file => spawnSync('setpriv', [...user, 'test', '-r', file]).status === 0);
}

// Another user's process is for root to start.
const isNobodyThere = process.getuid?.() === 0 && canNobodyRead([manifest, process.execPath, await findPowerShell()]);
test.skipIf(!isNobodyThere)('another user, with a home that cannot be written and no terminal, connects', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nobody-'));
  try {
    await chmod(folder, 0o1777);
    const home = path.join(folder, 'home');
    await mkdir(home, { mode: 0o555 });
    const script = `$ErrorActionPreference = 'Stop'; ${importModule}; ${connect('nobody')}; (Get-SecMgmtContext).Account.Type`;
    const { stdout, stderr } = await promisify(execFile)(
      'setpriv',
      [
        '--reuid',
        NOBODY,
        '--regid',
        NOBODY,
        '--clear-groups',
        await findPowerShell(),
        '-NoLogo',
        '-NoProfile',
        '-Command',
        script,
      ],
      {
        env: {
          ...process.env,
          ...entra.environment,
          HOME: home,
          TMPDIR: folder,
          SECMGMT_NODE: process.execPath,
          NO_COLOR: '1',
        },
      },
    );
    expect(stderr).toBe('');
    expect(stdout.trim().split(/\r?\n/)).toEqual(['nobody@contoso.example', 'AccessToken']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
