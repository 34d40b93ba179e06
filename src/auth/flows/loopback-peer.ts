import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

const ROOT = 0;
/** How the kernel shows a user whom this process' user namespace does not know (user_namespaces(7)). */
const OVERFLOW = 65_534;

/**
 * Whether a connection over loopback comes from another user of this computer, who can read an address off the command line of
 * what opens the browser, and could sign this session in to an account of theirs.
 *
 * Linux alone tells (proc_pid_net(5): `tcp`, `tcp6`). Root may pass, since it forwards ports for containers and for Windows
 * Subsystem for Linux, and nothing keeps it out. So may whoever cannot be told.
 */
export async function isOfOtherUser({ remotePort, localPort }: Socket): Promise<boolean> {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined || remotePort === undefined) return false;
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')));
  const users = tables.flatMap(table => usersOf(table, remotePort, localPort ?? 0));
  return users.length > 0 && !users.some(user => [own, ROOT, OVERFLOW].includes(user));
}

/** The users with a socket from one port to another. The columns: number, local, remote, state, three of timers, user. */
function usersOf(table: string, from: number, to: number): number[] {
  return table.split('\n').flatMap(line => {
    const [, local = '', remote = '', , , , , user = ''] = line.trim().split(/\s+/);
    return portOf(local) === from && portOf(remote) === to ? [Number(user)] : [];
  });
}

/** `0100007F:20D0`: the address and the port, in hexadecimal digits. */
function portOf(address: string): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16);
}
