import type { AuthErrorCode } from '../auth-error.ts';
import { secretOddities } from '../pasted-text.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import type { AuthorityRefusal } from './messages.ts';
import { aadstsCode, authorityMessage } from './refusal.ts';

/** What a refusal means, in plain words, and what to do about it. */
export interface Explanation {
  readonly code: AuthErrorCode;
  readonly message: string;
  readonly action: string;
}

/** Explains a refusal of a sign-in. */
export type Explain = (request: SignInRequest, refusal: AuthorityRefusal) => Explanation;

const portal = 'the app registration';
const signInAgain = 'Connect interactively, or get a new refresh token and pass that.';

// People

export const accountDisabled: Explain = () => ({
  code: 'AccountDisabled',
  message: 'The account is disabled.',
  action: 'Sign in with another account, or ask an administrator of the tenant to enable this one.',
});
export const accountLocked: Explain = () => ({
  code: 'AccountLocked',
  message: 'The account is locked after too many wrong passwords, or the sign-in comes from a suspicious address.',
  action: 'Wait some minutes, then try again, or reset the password.',
});
export const assignmentRequired: Explain = ({ clientId }) => ({
  code: 'AssignmentRequired',
  message: `The account is not assigned to application ${clientId}, which asks for that.`,
  action: 'Ask an administrator to assign the account to the enterprise application.',
});
export const authorizationDeclined: Explain = () => ({
  code: 'AuthorizationDeclined',
  message: 'The sign-in was declined by the person who was asked.',
  action: 'Connect again and accept, if it was meant to be accepted.',
});
export const conditionalAccess: Explain = () => ({
  code: 'ConditionalAccessBlocked',
  message: 'A Conditional Access policy of the tenant blocks this sign-in, by device, place, risk or application.',
  action: 'Sign in from a device and a network that the policy allows, or ask an administrator of the tenant.',
});
export const deviceCodeExpired: Explain = () => ({
  code: 'DeviceCodeExpired',
  message: 'Nobody entered the device code in time.',
  action: 'Connect again and enter the new code.',
});
export const invalidUserCredentials: Explain = () => ({
  code: 'InvalidUserCredentials',
  message: 'The user name or the password is wrong.',
  action: 'Connect again and enter them once more.',
});
export const multiFactorRequired: Explain = ({ flow }) =>
  flow.kind === 'refreshToken'
    ? {
        code: 'MultiFactorRequired',
        message: 'The tenant asks for multifactor authentication, which a refresh token cannot give.',
        action: 'Connect interactively: Connect-SecMgmtAccount without a token, or with -UseDeviceAuthentication.',
      }
    : {
        code: 'MultiFactorRequired',
        message: 'The tenant asks for multifactor authentication, and it was not done.',
        action:
          'Connect again and answer the second question; a method for it is set up at https://aka.ms/mysecurityinfo.',
      };
export const passwordExpired: Explain = () => ({
  code: 'PasswordExpired',
  message: 'The password of the account has expired or has to be changed.',
  action: 'Set a new password in a browser, then connect again.',
});
export const userNotInTenant: Explain = ({ tenant }) => ({
  code: 'UserNotInTenant',
  message: `The account is not in tenant ${tenant}.`,
  action: 'Sign in with an account of the tenant, pass another -Tenant, or have the account invited as a guest.',
});

// Applications

export const applicationDisabled: Explain = ({ clientId, tenant }) => ({
  code: 'SignInRefused',
  message: `Application ${clientId} is disabled in tenant ${tenant}.`,
  action: 'Ask an administrator of the tenant to enable the application.',
});
export const applicationNotFound: Explain = ({ clientId, tenant, environment }) => ({
  code: 'ApplicationNotFound',
  message: `Application ${clientId} is not in tenant ${tenant} of ${environment.name}.`,
  action: 'Check the application id, -Tenant and -Environment; an administrator may have to add the application first.',
});
export const certificateNotRegistered: Explain = ({ clientId }) => ({
  code: 'CertificateNotRegistered',
  message: `Application ${clientId} does not take the certificate that was signed with: it is not known, or not valid.`,
  action: `Upload the certificate (without its private key) to ${portal}, or pass the thumbprint of one that is there.`,
});
export const federatedIdentityNotRegistered: Explain = ({ clientId }) => ({
  code: 'FederatedIdentityNotRegistered',
  message: `Application ${clientId} does not take the federated token of this workload: none of its federated credentials has this issuer, subject and audience.`,
  action: `Add a federated credential for this repository, service connection or service account in ${portal}.`,
});
export const clientIsPublic: Explain = ({ clientId }) => ({
  code: 'ClientIsPublic',
  message: `Application ${clientId} is a public client, so it may not prove itself by a secret or a certificate.`,
  action: 'Leave -Credential and -CertificateThumbprint out.',
});
export const clientSecretExpired: Explain = ({ clientId }) => ({
  code: 'ClientSecretExpired',
  message: `The client secret of application ${clientId} has expired.`,
  action: `Add a new secret in ${portal} and pass that.`,
});
export const clientSecretInvalid: Explain = ({ clientId, flow }) => {
  const oddities = 'proof' in flow && flow.proof?.kind === 'secret' ? secretOddities(flow.proof.secret) : [];
  const advice =
    "Pass the secret's value, not its id, as the password of -Credential, and the application id as its user name.";
  return {
    code: 'ClientSecretInvalid',
    message: `The client secret is not one of application ${clientId}.`,
    action: oddities.length === 0 ? advice : `Look at what was passed: it ${oddities.join(', and it ')}. ${advice}`,
  };
};
export const clockSkewed: Explain = (_request, { timestamp }) => ({
  code: 'ClockSkewed',
  message: `What was signed is outside of its time: ${compareClocks(timestamp)}.`,
  action: 'Set the clock of this computer, then try again.',
});
export const consentRequired: Explain = ({ clientId }) => ({
  code: 'ConsentRequired',
  message: `Nobody has consented to what application ${clientId} asks for.`,
  action: 'Connect interactively once and consent, or ask an administrator of the tenant to consent for all.',
});
export const adminConsentRequired: Explain = ({ clientId }) => ({
  code: 'ConsentRequired',
  message: `What application ${clientId} asks for needs an administrator's consent.`,
  action: 'Ask an administrator of the tenant to consent for all.',
});
export const permissionNotListed: Explain = ({ clientId, scope }) => ({
  code: 'ConsentRequired',
  message: `The registration of application ${clientId} does not ask for ${scope}.`,
  action: `Add the permissions of Microsoft Graph to ${portal}, and have an administrator consent to them.`,
});
export const publicClientNotAllowed: Explain = ({ clientId }) => ({
  code: 'PublicClientNotAllowed',
  message: `Application ${clientId} is a confidential client: it has to prove itself.`,
  action: `Pass its secret with -Credential or its certificate with -CertificateThumbprint, or allow public client flows in ${portal}.`,
});
export const redirectUri: Explain = ({ clientId }) => ({
  code: 'RedirectUriNotRegistered',
  message: `Application ${clientId} does not have http://localhost as a redirect URI.`,
  action: `Add http://localhost to ${portal}, under "Mobile and desktop applications".`,
});

// Refresh tokens

export const refreshTokenExpired: Explain = () => ({
  code: 'RefreshTokenExpired',
  message: 'The refresh token has expired.',
  action: signInAgain,
});
export const refreshTokenRevoked: Explain = () => ({
  code: 'RefreshTokenRevoked',
  message: 'The refresh token was revoked, as after a new password or a sign-out everywhere.',
  action: signInAgain,
});
/** Codes that say no more than that the grant is wrong: a refresh token where one was passed. */
export const grantInvalid: Explain = (request, refusal) =>
  request.flow.kind === 'refreshToken'
    ? {
        code: 'RefreshTokenInvalid',
        message: `The refresh token is not good for tenant ${request.tenant} and application ${request.clientId}.`,
        action: 'Pass the whole refresh token, with the application id and the tenant that it was issued for.',
      }
    : refused(request, refusal);

// Tenants and resources

export const resourceNotFound: Explain = ({ scope, tenant, environment }) => ({
  code: 'ResourceNotFound',
  message: `Tenant ${tenant} of ${environment.name} does not know ${scope}.`,
  action: 'Check -Environment: the tenant may be in another cloud.',
});
export const tenantNotFound: Explain = ({ tenant, environment }) => ({
  code: 'TenantNotFound',
  message: `There is no tenant ${tenant} in ${environment.name}.`,
  action: 'Check -Tenant, and -Environment: the tenant may be in another cloud.',
});
export const tenantRequired: Explain = ({ clientId, tenant }) => ({
  code: 'TenantRequired',
  message: `Application ${clientId} cannot sign in to '${tenant}': it is of one tenant, or the tenant is not known.`,
  action: 'Pass the tenant id (a GUID) or a domain of the tenant with -Tenant.',
});
export const tenantRestricted: Explain = ({ tenant }) => ({
  code: 'SignInRefused',
  message: `Access to tenant ${tenant} is restricted, by this network or by a cross-tenant policy.`,
  action: 'Use another network or account, or ask an administrator of the tenant and of the network.',
});

// The service

export const throttled: Explain = ({ environment }) => ({
  code: 'AuthorityThrottled',
  message: `The sign-in service of ${environment.name} takes no more requests for now.`,
  action: 'Try again in a few minutes.',
});
export const transient: Explain = ({ environment }) => ({
  code: 'AuthorityUnavailable',
  message: `The sign-in service of ${environment.name} has a passing fault.`,
  action: 'Try again in a few minutes.',
});

/** What none of these explains: the authority's own sentence. */
export const refused: Explain = ({ environment }, refusal) => ({
  code: 'SignInRefused',
  message:
    authorityMessage(refusal).replace(/^AADSTS\d+: /, '') || `The sign-in service of ${environment.name} refused.`,
  action: `Look the code up at ${environment.activeDirectoryAuthority}error, or ask an administrator; the error's data has the correlation id.`,
});

/** The person's own no, unless a code says that it is another. */
export const denied: Explain = (request, refusal) =>
  aadstsCode(refusal) === undefined ? authorizationDeclined(request, refusal) : refused(request, refusal);

/** What only a person can answer. */
export const interactionRequired: Explain = (request, refusal) => ({
  ...refused(request, refusal),
  action: 'Connect interactively: Connect-SecMgmtAccount without a token, or with -UseDeviceAuthentication.',
});

/** How this computer's clock stands to the authority's, which says when it refused: `2016-01-09 02:02:12Z`. */
function compareClocks(timestamp = ''): string {
  const minutes = Math.round((Date.parse(timestamp.replace(' ', 'T')) - Date.now()) / 60_000);
  if (Number.isNaN(minutes) || minutes === 0) return "this computer's clock and the authority's differ";
  const direction = minutes > 0 ? 'behind' : 'ahead of';
  return `this computer's clock is ${Math.abs(minutes)} min ${direction} the authority's`;
}
