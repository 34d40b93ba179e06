import type { Invocation } from 'ts-cmdlet';
import type { SignInCall } from '../auth/sign-in-call.ts';
import { tokenCacheSetting } from '../auth/token-cache/setting.ts';
import { announce } from './announce.ts';
import { hostCertificateStore } from './certificate-store.ts';
import { platformKeyGuard } from './key-guard.ts';
import { hostNetworkSettings } from './network-settings.ts';

/** Lends a cmdlet's call to a sign-in. */
export function signInCall(invocation: Invocation): SignInCall {
  return {
    signal: invocation.signal,
    network: address => hostNetworkSettings(invocation, address),
    certificates: hostCertificateStore(invocation),
    ...(tokenCacheSetting().kind === 'persistent' && { keyGuard: platformKeyGuard(invocation) }),
    announce: message => announce(invocation, message),
    // As Write-Host does.
    tell: message => invocation.writeInformation(message, ['PSHOST']),
    warn: message => invocation.writeWarning(message),
    verbose: message => invocation.writeVerbose(message),
    waiting: (activity, status, secondsRemaining) => invocation.writeProgress({ activity, status, secondsRemaining }),
    waited: activity => invocation.writeProgress({ activity, status: 'Done', completed: true }),
  };
}
