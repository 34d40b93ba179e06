import type { Invocation } from 'ts-cmdlet';
import type { NetworkSettings } from '../auth/network/settings.ts';
import { networkSetting } from './network-validators.ts';

/** The variables that may change between two calls of a session. */
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

/** What leads to an address, as PowerShell's process has it now (NetworkSettings.ps1). */
export async function hostNetworkSettings(invocation: Invocation, address: string): Promise<NetworkSettings> {
  const answer = await invocation.callHost('Get-NetworkSetting', { Address: address, Names: NAMES.join(' ') });
  if (!networkSetting.accepts(answer)) throw new Error(`The answer of Get-NetworkSetting: ${networkSetting.explain()}`);
  const { variables, defaultProxy } = answer.entries;
  const pairs = variables.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
  return { environment: Object.fromEntries(pairs), ...(defaultProxy !== undefined && { defaultProxy }) };
}
