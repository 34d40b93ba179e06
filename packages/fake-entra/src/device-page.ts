import type { AuthorityContext } from './cloud.ts';
import { formOf, type HttpRequest, type HttpResponse, htmlResponse } from './http-message.ts';
import { deviceCodePage } from './pages.ts';
import { showSignIn } from './sign-in.ts';

const authorityPath = '/common/oauth2/deviceauth';

/**
 * The page where a person types a device code: at the address that a device shows, which several clouds share, and at
 * the authority of the code's own cloud, where the person signs in.
 */
export function answerDevicePage(request: HttpRequest, context: AuthorityContext): HttpResponse {
  const otc = request.method === 'POST' ? formOf(request).get('otc') : request.query.get('otc');
  if (otc === null) return htmlResponse(200, deviceCodePage(request.path));
  const signIn = context.devices.find(otc);
  const record = signIn?.cloud.store.record('DeviceCode', signIn.deviceCode);
  const usable = record?.grantId === undefined && record?.error === undefined;
  if (signIn === undefined || record === undefined || !usable || (record.exp ?? 0) <= Date.now() / 1000) {
    return htmlResponse(200, deviceCodePage(request.path, 'That code did not work. Check the code and try again.'));
  }
  const { authority } = signIn.cloud.environment;
  if (request.host !== authority) {
    const location = `https://${authority}${authorityPath}?otc=${encodeURIComponent(signIn.userCode)}`;
    return htmlResponse(303, '', { location });
  }
  return showSignIn(context.flows.start(signIn.cloud, { kind: 'device', signIn }), context);
}

/** Whether the path is of the page where device codes are typed. */
export function isDevicePage(host: string, path: string, deviceLogins: readonly string[]): boolean {
  return path === authorityPath || deviceLogins.includes(`https://${host}${path}`);
}
