import { AadstsRefusal, aadsts } from './aadsts.ts';
import { issueAuthorizationCode } from './authorization-code.ts';
import { RedirectedRefusal } from './authorization-request.ts';
import { redirectWith } from './authorization-response.ts';
import type { AuthorityContext, Cloud } from './cloud.ts';
import { approveDeviceCode, declineDeviceCode } from './device-decisions.ts';
import type { Application, Tenant, User } from './directory.ts';
import { formOf, type HttpRequest, type HttpResponse, htmlResponse } from './http-message.ts';
import { confirmationPage, messagePage, signInPage } from './pages.ts';
import { requestedApplication } from './requested-tenant.ts';
import type { SignInFlow } from './sign-in-flows.ts';
import { clientInfo } from './token-claims.ts';

const loginPath = '/common/login';

/** The first page: who is it? */
export function showSignIn(flow: SignInFlow, context: AuthorityContext, problem = '', userName?: string): HttpResponse {
  const { purpose } = flow;
  const hint = purpose.kind === 'application' ? purpose.asked.loginHint : '';
  const form = { ...formFields(flow, applicationOf(flow, context)), userName: userName ?? hint, problem };
  return htmlResponse(200, signInPage(form));
}

/**
 * `/common/login`: takes what the person has typed or clicked. A wrong name or password is told to the person, who may
 * try again; what keeps the account out of the application is told to the application.
 * @throws RedirectedRefusal for the application.
 */
export async function answerSignIn(request: HttpRequest, context: AuthorityContext): Promise<HttpResponse> {
  const form = formOf(request);
  const flow = context.flows.find(form.get('ctx') ?? '');
  if (flow === undefined) throw new AadstsRefusal(900144, { reason: "'ctx'" });
  const action = form.get('action') ?? 'sign-in';
  if (action === 'cancel') return cancel(flow, context);
  if (action === 'accept' && flow.user !== undefined) {
    applicationOf(flow, context).consent = 'given';
    return await finish(flow, flow.user, context);
  }
  const name = form.get('login') ?? '';
  const user = context.directory.findUserByName(flow.cloud.environment.name, name);
  const problem = passwordProblem(user, form.get('passwd') ?? '');
  if (user === undefined || problem !== undefined) return showSignIn(flow, context, problem ?? '', name);
  return await signedIn(flow, user, context);
}

/** Goes on with a person whose password was right, or who needs none. */
export async function signedIn(flow: SignInFlow, user: User, context: AuthorityContext): Promise<HttpResponse> {
  const { purpose } = flow;
  const application = applicationOf(flow, context);
  if (tenantFor(flow, user, context) === undefined) {
    return showSignIn(flow, context, text(50020), user.userPrincipalName);
  }
  if (user.blockedBy !== undefined && user.blockedAt === 'sign-in') {
    throw refusal(flow, new AadstsRefusal(user.blockedBy), context);
  }
  flow.user = user;
  const form = formFields(flow, application);
  if (application.consent === 'ask') {
    return htmlResponse(200, confirmationPage(form, application.delegatedPermissions));
  }
  if (purpose.kind === 'device') return htmlResponse(200, confirmationPage(form, []));
  return await finish(flow, user, context);
}

async function finish(flow: SignInFlow, user: User, context: AuthorityContext): Promise<HttpResponse> {
  const { purpose, cloud } = flow;
  context.flows.end(flow);
  if (purpose.kind === 'device') {
    await approveDeviceCode(context.directory, purpose.signIn, user);
    const { displayName } = applicationOf(flow, context);
    return htmlResponse(
      200,
      messagePage(displayName, 'You have signed in on your device. You may now close this window.'),
    );
  }
  const { asked } = purpose;
  const tenant = tenantFor(flow, user, context);
  if (tenant === undefined) throw new AadstsRefusal(50020);
  if (context.directory.findApplication(asked.application.clientId, tenant) === undefined) {
    throw new AadstsRefusal(700016);
  }
  const code = await issueAuthorizationCode(cloud, tenant, user, asked);
  return redirectWith(asked, {
    code,
    client_info: asked.clientInfo ? clientInfo(user) : undefined,
    session_state: flow.id,
  });
}

function cancel(flow: SignInFlow, context: AuthorityContext): HttpResponse {
  const { purpose } = flow;
  context.flows.end(flow);
  if (purpose.kind === 'application') throw new RedirectedRefusal(new AadstsRefusal(65004), purpose.asked);
  declineDeviceCode(purpose.signIn);
  return htmlResponse(200, messagePage('Cancelled', 'The device was not signed in. You may now close this window.'));
}

/** Whom a refusal is told: the application, or at a device's sign-in the person. The sign-in is over. */
function refusal(flow: SignInFlow, cause: AadstsRefusal, context: AuthorityContext): Error {
  const { purpose } = flow;
  context.flows.end(flow);
  return purpose.kind === 'application' ? new RedirectedRefusal(cause, purpose.asked) : cause;
}

/** The tenant to sign in to: the one that was named, or the person's own; none where the person is unknown there. */
function tenantFor({ purpose, cloud }: SignInFlow, user: User, { directory }: AuthorityContext): Tenant | undefined {
  const named = purpose.kind === 'application' ? purpose.asked.named : purpose.signIn.named;
  const tenant = named ?? homeTenant(cloud, user, directory);
  return tenant !== undefined && directory.findMember(user.objectId, tenant) !== undefined ? tenant : undefined;
}

function homeTenant({ environment }: Cloud, user: User, directory: AuthorityContext['directory']) {
  return directory.findTenant(environment.name, user.tenantId);
}

function applicationOf({ purpose }: SignInFlow, { directory }: AuthorityContext): Application {
  if (purpose.kind === 'application') return purpose.asked.application;
  return requestedApplication(directory, purpose.signIn.clientId, purpose.signIn.named);
}

function formFields(flow: SignInFlow, { displayName }: Application) {
  return { action: loginPath, flow: flow.id, application: displayName };
}

function passwordProblem(user: User | undefined, password: string): string | undefined {
  if (user === undefined) return text(50034);
  return user.password === password ? undefined : text(50126);
}

const text = (code: 50020 | 50034 | 50126): string => `AADSTS${code}: ${aadsts[code].message}`;
