import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import { AuthError } from '../auth/auth-error.ts';
import { acquireToken } from '../auth/new-token.ts';
import {
  applicationSignIn,
  type ClientProof,
  certificateProof,
  DEFAULT_CLIENT_ID,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
  webApplicationSignIn,
} from '../auth/sign-in-request.ts';
import type { NewSecMgmtAccessTokenParameters } from '../generated/New-SecMgmtAccessToken.ts';
import { withAuthErrors } from './auth-failure.ts';
import { authResult } from './auth-result.ts';
import { refreshTokenProof, secretProof, unusedApplicationId } from './client-proof.ts';
import { signInCall } from './sign-in-call.ts';

interface TokenPlan extends Plan {
  readonly request: SignInRequest;
}

/** New-SecMgmtAccessToken: signs in, and returns an AuthResult with the tokens. */
export function newAccessToken(): RunnableCmdlet<NewSecMgmtAccessTokenParameters> {
  return defineCmdlet<NewSecMgmtAccessTokenParameters, TokenPlan>(
    withAuthErrors<NewSecMgmtAccessTokenParameters, TokenPlan>({
      plan(parameters) {
        const request = tokenRequest(parameters);
        return { request, warnings: warnings(request, parameters) };
      },
      async run({ request }, invocation) {
        await invocation.writeObject(authResult(await acquireToken(request, signInCall(invocation))));
      },
    }),
  );
}

function tokenRequest(parameters: NewSecMgmtAccessTokenParameters): SignInRequest {
  const { Environment: environment, Tenant: tenant, Scopes: scopes } = parameters;
  const options = { environment, tenant, scopes };
  switch (parameters.parameterSetName) {
    case 'User': {
      const { ApplicationId, UseAuthorizationCode = false, UseDeviceAuthentication = false } = parameters;
      if (UseAuthorizationCode && UseDeviceAuthentication) throw twoFlows();
      return userSignIn(options, UseDeviceAuthentication, ApplicationId);
    }
    case 'RefreshToken': {
      const { ApplicationId = DEFAULT_CLIENT_ID, Credential, CertificateThumbprint, RefreshToken } = parameters;
      const proof = refreshTokenProof(Credential, CertificateThumbprint);
      if (parameters.ServicePrincipal && proof === undefined) throw noProof();
      return refreshTokenSignIn(options, Credential?.userName ?? ApplicationId, RefreshToken, proof);
    }
    case 'ServicePrincipal': {
      const { Credential, UseAuthorizationCode } = parameters;
      return applicationRequest(options, Credential.userName, secretProof(Credential), UseAuthorizationCode);
    }
    case 'ServicePrincipalCertificate': {
      const { ApplicationId, CertificateThumbprint, UseAuthorizationCode } = parameters;
      return applicationRequest(options, ApplicationId, certificateProof(CertificateThumbprint), UseAuthorizationCode);
    }
  }
}

function applicationRequest(
  options: Parameters<typeof applicationSignIn>[0],
  clientId: string,
  proof: ClientProof,
  isForPerson = false,
): SignInRequest {
  return isForPerson ? webApplicationSignIn(options, clientId, proof) : applicationSignIn(options, clientId, proof);
}

function warnings(request: SignInRequest, parameters: NewSecMgmtAccessTokenParameters): string[] {
  const found = request.environment.closed === undefined ? [] : [request.environment.closed];
  if (!('Credential' in parameters) || parameters.Credential === undefined) return found;
  return [...found, ...unusedApplicationId(parameters.ApplicationId, request.clientId)];
}

function twoFlows(): AuthError {
  return new AuthError({
    code: 'ConflictingFlows',
    message: 'A person signs in by an authorization code or by a device code, and both were asked for.',
    recommendedAction: 'Pass either -UseAuthorizationCode or -UseDeviceAuthentication.',
    target: 'UseDeviceAuthentication',
  });
}

function noProof(): AuthError {
  return new AuthError({
    code: 'ClientCredentialsRequired',
    message:
      'With -ServicePrincipal the application proves who it is, and neither a secret nor a certificate was given.',
    recommendedAction: 'Pass -Credential or -CertificateThumbprint, or leave -ServicePrincipal out.',
    target: 'ServicePrincipal',
  });
}
