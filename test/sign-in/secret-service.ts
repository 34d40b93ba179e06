import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A D-Bus session with GNOME Keyring as its Secret Service, both of their own. */
export interface SecretService extends AsyncDisposable {
  /** What a program needs in its environment to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder of its keyring. */
  readonly keyring: string;
  /** Whether any program has asked it for anything: the bus starts the keyring at the first question. */
  readonly wasAsked: boolean;
}

/** Whether this machine has what `startSecretService` starts. */
export const hasSecretService = isOnPath('dbus-daemon') && isOnPath('gnome-keyring-daemon');

/**
 * Starts one: `unlocked`, or `locked` by a password that nobody is there to enter.
 * @param keyring the folder of another one's keyring; without it, a new and empty one
 */
export async function startSecretService(
  state: 'unlocked' | 'locked' = 'unlocked',
  keyring?: string,
): Promise<SecretService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bus-'));
  const marker = path.join(folder, 'asked');
  const home = { HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: keyring ?? path.join(folder, 'data') };
  const daemon = `gnome-keyring-daemon --foreground --components=secrets --control-directory=${folder}/control`;
  const start = state === 'unlocked' ? `printf password | exec ${daemon} --unlock` : `exec ${daemon}`;
  await mkdir(path.join(folder, 'services'));
  await writeFile(
    path.join(folder, 'services', 'org.freedesktop.secrets.service'),
    `[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh -c ': > ${marker}; ${start}'\n`,
  );
  await writeFile(path.join(folder, 'bus.conf'), busConfiguration(folder));
  const bus = spawn('dbus-daemon', [`--config-file=${folder}/bus.conf`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, ...home },
  });
  const [address] = await once(bus.stdout, 'data');
  return {
    keyring: home.XDG_DATA_HOME,
    environment: { DBUS_SESSION_BUS_ADDRESS: String(address).trim() },
    get wasAsked() {
      return existsSync(marker);
    },
    async [Symbol.asyncDispose]() {
      // The keyring ends with its bus.
      bus.kill();
      await once(bus, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A session that has no keyring. */
export const noSecretService: Readonly<Record<string, string>> = {
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
};

function busConfiguration(folder: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <servicedir>${folder}/services</servicedir>
  <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`;
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some(folder => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
