import { AadstsRefusal } from './aadsts.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import { formOf, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
import { providerDeviceCode } from './provider-answer.ts';
import { providerClientSecret } from './provider-client.ts';
import { parseScope } from './requested-scope.ts';
import { requestedApplication, requestedTenant } from './requested-tenant.ts';
import { requiredField } from './required-field.ts';

/** `/{tenant}/oauth2/v2.0/devicecode` ("OAuth 2.0 device authorization grant flow", "Device authorization request"). */
export async function answerDeviceCode(
  request: HttpRequest,
  tenantName: string,
  cloud: Cloud,
  context: AuthorityContext,
): Promise<HttpResponse> {
  if (request.method !== 'POST') throw new AadstsRefusal(900561);
  const { directory, devices, settings } = context;
  const { environment } = cloud;
  const form = formOf(request);
  const named = requestedTenant(environment, directory, tenantName);
  const { clientId } = requestedApplication(directory, requiredField(form, 'client_id'), named);
  const scope = requiredField(form, 'scope');
  parseScope(environment, scope);

  const answer = await cloud.endpoint(named ?? directory.tenantOf(environment.name)).send({
    method: 'POST',
    path: '/device/auth',
    form: new URLSearchParams({ client_id: clientId, client_secret: providerClientSecret, scope: 'openid' }),
  });
  if (answer.status !== 200) throw new Error(`The provider gave no device code: ${answer.body}`);
  const { device_code, user_code, expires_in } = providerDeviceCode(answer.body);
  devices.add({
    cloud,
    userCode: user_code,
    deviceCode: device_code,
    clientId,
    named,
    scope,
    interval: settings.deviceCodeInterval,
    polls: [],
    slowDowns: 0,
    lastPoll: 0,
  });
  return jsonResponse(200, {
    user_code,
    device_code,
    verification_uri: environment.deviceLogin,
    expires_in,
    interval: settings.deviceCodeInterval,
    message: `To sign in, use a web browser to open the page ${environment.deviceLogin} and enter the code ${user_code} to authenticate.`,
  });
}
