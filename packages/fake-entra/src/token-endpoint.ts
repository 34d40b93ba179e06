import { AadstsRefusal } from './aadsts.ts';
import { adjustIdToken } from './adjust-id-token.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import { checkPace } from './device-polls.ts';
import type { Application, User } from './directory.ts';
import { formOf, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
import { type ProviderTokens, providerError, providerTokens } from './provider-answer.ts';
import { providerClientSecret } from './provider-client.ts';
import { clientProofHeader } from './provider-request.ts';
import { grantedScope, parseScope, type RequestedScope } from './requested-scope.ts';
import { requestedApplication, requestedTenant } from './requested-tenant.ts';
import { requiredField } from './required-field.ts';
import { clientInfo } from './token-claims.ts';
import { checkGrant, deviceCodeGrant } from './token-grants.ts';

/**
 * `/{tenant}/oauth2/v2.0/token` ("OAuth 2.0 authorization code flow", "… client credentials flow", "… device
 * authorization grant flow"). Finds the tenant, proves the application, and has the tenant's provider do the grant.
 * @throws AadstsRefusal where Entra ID answers with an error.
 */
export async function answerToken(
  request: HttpRequest,
  tenantName: string,
  cloud: Cloud,
  context: AuthorityContext,
): Promise<HttpResponse> {
  if (request.method !== 'POST') throw new AadstsRefusal(900561);
  const form = formOf(request);
  const named = requestedTenant(cloud.environment, context.directory, tenantName);
  const sent = requiredField(form, 'grant_type');
  // The name from before RFC 8628, which MSAL sends to this day.
  const grantType = sent === 'device_code' ? deviceCodeGrant : sent;
  const application = requestedApplication(context.directory, requiredField(form, 'client_id'), named);
  const proof = await context.clients.prove(application, request);
  if (grantType === 'client_credentials') requiredField(form, 'scope');
  const scope = parseScope(cloud.environment, form.get('scope') ?? '');
  if (grantType === deviceCodeGrant) await checkPace(form, context);

  const checked = checkGrant({ cloud, context, form, grantType, named, application, scope });
  const answer = await cloud.endpoint(checked.tenant).send({
    method: 'POST',
    path: '/token',
    headers: { [clientProofHeader]: proof },
    form: new URLSearchParams({
      ...checked.parameters,
      grant_type: grantType,
      client_id: application.clientId,
      client_secret: providerClientSecret,
      resource: checked.asked.resource,
    }),
  });
  if (answer.status !== 200) throw providerError(answer.body, grantType);
  const tokens = providerTokens(answer.body);
  return jsonResponse(200, await entraTokens(tokens, { ...checked, application, form, context }));
}

interface AnswerParts {
  readonly application: Application;
  readonly user?: User;
  readonly form: URLSearchParams;
  readonly asked: RequestedScope;
  readonly context: AuthorityContext;
}

/** The provider's tokens in Entra's answer, which is shorter where an application acts by itself. */
async function entraTokens(tokens: ProviderTokens, { application, user, form, asked, context }: AnswerParts) {
  const { access_token, expires_in, refresh_token, id_token } = tokens;
  const answer = { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token };
  if (user === undefined) return answer;
  return {
    ...answer,
    scope: grantedScope(asked, application.delegatedPermissions),
    ...(refresh_token !== undefined && asked.oidc.has('offline_access') ? { refresh_token } : {}),
    ...(id_token !== undefined && asked.oidc.has('openid') ? { id_token: await adjustIdToken(id_token, context) } : {}),
    ...(form.get('client_info') === '1' ? { client_info: clientInfo(user) } : {}),
  };
}
