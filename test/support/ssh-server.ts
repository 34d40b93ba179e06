import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { findPowerShell } from 'powershell-driver/find-powershell';

const SERVER = '/usr/sbin/sshd';

/** An OpenSSH server on loopback with PowerShell as its subsystem. Disposing of it ends it. */
export interface SshServer extends AsyncDisposable {
  /** The parameters of New-PSSession, as script, with which this user gets a session. */
  readonly parameters: string;
}

/** Starts a server, and gives its sessions these environment variables. Throws where there is none installed. */
export async function startSshServer(environment: Readonly<Record<string, string>>): Promise<SshServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ssh-'));
  for (const key of ['host', 'user']) {
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, key)]);
  }
  const port = await freePort();
  const variables = Object.entries(environment).map(([name, value]) => `"${name}=${value.replaceAll('"', '\\"')}"`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${path.join(folder, 'host')}`,
    `AuthorizedKeysFile ${path.join(folder, 'user.pub')}`,
    // The temporary folder is not this user's alone.
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    `Subsystem powershell ${await findPowerShell()} -sshs -NoLogo -NoProfile`,
    `SetEnv ${variables.join(' ')}`,
  ];
  await writeFile(path.join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  // Debian's server wants it, and makes it when the system starts.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const server = spawn(SERVER, ['-D', '-e', '-f', path.join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const said = [];
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (line.startsWith('Server listening')) break;
  }
  if (!said.at(-1)?.startsWith('Server listening')) throw new Error(`The SSH server did not start: ${said.join('\n')}`);
  server.stderr.resume();
  return {
    parameters: [
      `-HostName 127.0.0.1 -Port ${port} -UserName '${userInfo().username}' -KeyFilePath '${path.join(folder, 'user')}'`,
      `-Options @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '${path.join(folder, 'known')}'; LogLevel = 'ERROR' }`,
    ].join(' '),
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}
