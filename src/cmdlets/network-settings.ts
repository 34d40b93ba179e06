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

/** What leads to an address: this process's environment, which follows the shell's, and .NET's proxy (DefaultProxy.ps1). */
export async function hostNetworkSettings(invocation: Invocation, address: string): Promise<NetworkSettings> {
  const defaultProxy = await invocation.callHost('Get-DefaultProxy', { Address: address });
  // As they are now: settings of two calls are compared.
  const environment = Object.fromEntries(NAMES.map(name => [name, process.env[name]]));
  return { environment, ...(typeof defaultProxy === 'string' && { defaultProxy }) };
}
