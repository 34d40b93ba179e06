import { AadstsRefusal } from './aadsts.ts';
import type { AuthorityContext } from './cloud.ts';
import { approveDeviceCode } from './device-decisions.ts';

/**
 * Sees to a poll before the provider does: signs in the person that needs no form at the second one, and tells a client
 * that polls before its time, or that a test has said so of, to slow down (RFC 8628, 3.5: the interval grows by 5 s).
 */
export async function checkPace(
  form: URLSearchParams,
  { devices, directory, settings }: AuthorityContext,
): Promise<void> {
  const signIn = devices.findByDeviceCode(form.get('device_code') ?? '');
  if (signIn === undefined) return;
  const early = Date.now() - signIn.lastPoll < signIn.interval * 1000;
  signIn.lastPoll = Date.now();
  if (settings.autoApprove !== undefined && signIn.polls.length === 1) {
    await approveDeviceCode(directory, signIn, settings.autoApprove);
  }
  const tooEarly = early && settings.devicePollsTooEarly === 'slow down';
  if (signIn.slowDowns === 0 && !tooEarly) return;
  signIn.slowDowns = Math.max(0, signIn.slowDowns - 1);
  signIn.interval += 5;
  throw new AadstsRefusal(70016, { error: 'slow_down' });
}
