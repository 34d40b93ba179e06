import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import { isAnyTenant } from '../auth/identifiers.ts';
import type { Session } from '../auth/session.ts';
import { describeFlow } from '../auth/sign-in.ts';
import {
  accessTokenSignIn,
  applicationSignIn,
  certificateProof,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../auth/sign-in-request.ts';
import { tokenCacheSetting } from '../auth/token-cache/setting.ts';
import type { ConnectSecMgmtAccountParameters } from '../generated/Connect-SecMgmtAccount.ts';
import { withAuthErrors } from './auth-failure.ts';
import { refreshTokenProof, secretProof, unusedApplicationId } from './client-proof.ts';
import { tenantCompleter } from './completers.ts';
import { mgmtContext } from './mgmt-context.ts';
import { signInCall } from './sign-in-call.ts';

interface ConnectPlan extends Plan {
  readonly request: SignInRequest;
}

/** Connect-SecMgmtAccount: signs in, in the place of the account before, and returns the MgmtContext. */
export function connectAccount(session: Session): RunnableCmdlet<ConnectSecMgmtAccountParameters> {
  return defineCmdlet<ConnectSecMgmtAccountParameters, ConnectPlan>({
    ...withAuthErrors<ConnectSecMgmtAccountParameters, ConnectPlan>({
      plan(parameters) {
        const request = signInRequest(parameters);
        return { request, confirm: preview(request), warnings: warnings(request, parameters) };
      },
      async run({ request }, invocation) {
        await invocation.writeObject(mgmtContext(await session.connect(request, signInCall(invocation))));
      },
    }),
    complete: { Tenant: tenantCompleter(session) },
  });
}

function signInRequest(parameters: ConnectSecMgmtAccountParameters): SignInRequest {
  const options = { environment: parameters.Environment, tenant: parameters.Tenant };
  switch (parameters.parameterSetName) {
    case 'User':
      return userSignIn(options, parameters.UseDeviceAuthentication ?? false);
    case 'AccessToken':
      return accessTokenSignIn(options, parameters.AccessToken);
    case 'RefreshToken': {
      const { Credential, CertificateThumbprint, RefreshToken } = parameters;
      // With a credential the client id is its user name (docs/sign-in.md, "Parameter sets").
      const clientId = Credential?.userName ?? parameters.ApplicationId;
      return refreshTokenSignIn(options, clientId, RefreshToken, refreshTokenProof(Credential, CertificateThumbprint));
    }
    case 'ServicePrincipal':
      return applicationSignIn(options, parameters.Credential.userName, secretProof(parameters.Credential));
    case 'ServicePrincipalCertificate':
      return applicationSignIn(options, parameters.ApplicationId, certificateProof(parameters.CertificateThumbprint));
  }
}

function preview(request: SignInRequest): { target: string; action: string } {
  const { environment, tenant, clientId, scope, flow } = request;
  const whose = isAnyTenant(tenant) ? `any tenant (${tenant})` : `tenant ${tenant}`;
  const facts =
    flow.kind === 'accessToken'
      ? {
          account: flow.claims.identifier || flow.claims.objectId,
          'client id': clientId,
          audience: flow.claims.audience,
        }
      : { 'client id': clientId, scope };
  // A token need not say of itself what a sign-in has.
  const identity = Object.entries(facts).flatMap(([name, value]) => (value === '' ? [] : [`${name} ${value}`]));
  return {
    target: `${whose} of ${environment.name} at ${environment.activeDirectoryAuthority}`,
    action: [`Sign in ${describeFlow(request)}`, identity.join(', ')].filter(text => text !== '').join(': '),
  };
}

function warnings(request: SignInRequest, parameters: ConnectSecMgmtAccountParameters): string[] {
  const found: string[] = [];
  if (request.environment.closed !== undefined) found.push(request.environment.closed);
  if (parameters.parameterSetName === 'User') found.push(...tokenCacheSetting().warnings);
  if (parameters.parameterSetName === 'RefreshToken' && parameters.Credential !== undefined) {
    found.push(...unusedApplicationId(parameters.ApplicationId, request.clientId));
  }
  return found;
}
