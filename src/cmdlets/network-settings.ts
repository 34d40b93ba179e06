import type { Invocation } from 'ts-cmdlet';
import type { NetworkSettings } from '../auth/network/settings.ts';

/** The variables that lead there, and those that choose a browser. */
const NAMES = [
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SECMGMT_HTTP_TIMEOUT',
  'BROWSER',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'SSH_CONNECTION',
];

/** What leads to an address: this process's environment, which follows the shell's, and the proxy that .NET has for it. */
export async function hostNetworkSettings(invocation: Invocation, address: string): Promise<NetworkSettings> {
  const defaultProxy = await invocation.getProxy(new URL(address));
  // As they are now: settings of two calls are compared.
  const environment = Object.fromEntries(NAMES.map(name => [name, process.env[name]]));
  return { environment, ...(defaultProxy !== undefined && { defaultProxy }) };
}
