import { AadstsRefusal } from './aadsts.ts';
import { RedirectedRefusal, readAuthorizationRequest } from './authorization-request.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { showSignIn, signedIn } from './sign-in.ts';

/** `/{tenant}/oauth2/v2.0/authorize` ("OAuth 2.0 authorization code flow", "Request an authorization code"). */
export async function answerAuthorize(
  request: HttpRequest,
  tenantName: string,
  cloud: Cloud,
  context: AuthorityContext,
): Promise<HttpResponse> {
  const asked = readAuthorizationRequest(request, tenantName, cloud, context);
  const flow = context.flows.start(cloud, { kind: 'application', asked });
  const { autoApprove } = context.settings;
  if (autoApprove !== undefined) return await signedIn(flow, autoApprove, context);
  // Nobody stays signed in here: each sign-in is a new one.
  if (asked.prompt === 'none') throw new RedirectedRefusal(new AadstsRefusal(50058), asked);
  return showSignIn(flow, context);
}
