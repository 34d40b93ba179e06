import type { AuthenticationResult, DeviceCodeRequest, PublicClientApplication } from '@azure/msal-node';
import { authorityError } from '../authority/error.ts';
import { printableLine } from '../authority/refusal.ts';
import type { SignInCall } from '../sign-in-call.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import { waitFor } from '../wait-for.ts';

const ACTIVITY = 'Sign in to the Microsoft cloud';
const MAX_FACT = 200;

/** What the authority says of a device code (RFC 8628, section 3.2). */
type DeviceCode = Parameters<DeviceCodeRequest['deviceCodeCallback']>[0];

/** The domains of Microsoft that have, or lead to, the pages where a code is entered. */
const OWN_DOMAINS = [
  'microsoft.com',
  'microsoftonline.com',
  'microsoftonline.us',
  'microsoftonline.de',
  'microsoftonline.cn',
  'chinacloudapi.cn',
  'windows-ppe.net',
  'live.com',
  'aka.ms',
];

/** Signs a person in on any device with a browser: shows a code and asks until it was entered (RFC 8628). */
export async function deviceCodeFlow(
  client: PublicClientApplication,
  request: SignInRequest,
  call: SignInCall,
): Promise<AuthenticationResult | null> {
  const issued = Promise.withResolvers<DeviceCode>();
  const polling: DeviceCodeRequest = {
    scopes: request.scope.split(' '),
    deviceCodeCallback(device) {
      issued.resolve({ ...device });
      // MSAL goes by the system's clock, which may be set meanwhile: the wait below ends the polling.
      device.expiresIn = Number.MAX_SAFE_INTEGER;
    },
  };
  const signedIn = client.acquireTokenByDeviceCode(polling);
  const device = await Promise.race([issued.promise, signedIn.then(() => issued.promise)]);
  const userCode = printableLine(device.userCode, MAX_FACT);
  const page = printableLine(device.verificationUri, MAX_FACT);
  if (!isOwnPage(device.verificationUri)) {
    call.warn(
      `The page for the code, ${page}, is none that is known as Microsoft's. Enter the code there only if you trust it.`,
    );
  }
  try {
    // The authority's own message may name another page.
    await call.announce(
      `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
    );
    return await waitFor(signedIn, call, {
      activity: ACTIVITY,
      status: `Enter the code ${userCode} at ${page}`,
      seconds: device.expiresIn,
      timedOut: () => authorityError({ error: 'expired_token' }, request),
    });
  } finally {
    // Nobody waits for MSAL any more then, whose next poll ends before it is sent.
    polling.cancel = true;
    signedIn.catch(() => {});
  }
}

function isOwnPage(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return OWN_DOMAINS.some(domain => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
}
