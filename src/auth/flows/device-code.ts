import type { AuthenticationResult, DeviceCodeRequest, PublicClientApplication } from '@azure/msal-node';
import { printableLine } from '../authority/refusal.ts';
import type { SignInCall } from '../sign-in-call.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import { waitFor } from '../wait-for.ts';

const ACTIVITY = 'Sign in to the Microsoft cloud';
const MAX_FACT = 200;
const MAX_MESSAGE = 1000;

/** What the authority says of a device code (RFC 8628, section 3.2). */
type DeviceCode = Parameters<DeviceCodeRequest['deviceCodeCallback']>[0];

/** Signs a person in on any device with a browser: shows a code and asks until it was entered (RFC 8628). */
export async function deviceCodeFlow(
  client: PublicClientApplication,
  request: SignInRequest,
  call: SignInCall,
): Promise<AuthenticationResult | null> {
  const issued = Promise.withResolvers<DeviceCode>();
  const signedIn = client.acquireTokenByDeviceCode({ scopes: [request.scope], deviceCodeCallback: issued.resolve });
  const device = await Promise.race([issued.promise, signedIn.then(() => issued.promise)]);
  const userCode = printableLine(device.userCode, MAX_FACT);
  const verificationUri = printableLine(device.verificationUri, MAX_FACT);
  const message = printableLine(device.message ?? '', MAX_MESSAGE);
  call.announce(message || `To sign in, open ${verificationUri} in a browser and enter the code ${userCode}.`);
  try {
    return await waitFor(signedIn, call, {
      activity: ACTIVITY,
      status: `Enter the code ${userCode} at ${verificationUri}`,
      seconds: device.expiresIn,
    });
  } finally {
    // When the call was stopped nobody waits for MSAL any more, whose next poll then ends before it is sent.
    signedIn.catch(() => {});
  }
}
