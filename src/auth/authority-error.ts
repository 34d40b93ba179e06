import { AuthError, type AuthErrorCode } from './auth-error.ts';
import type { AuthorityRefusal } from './authority-messages.ts';
import { aadstsCode, authorityMessage } from './authority-refusal.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** What a refusal means, in plain words, and what to do about it. */
interface Explanation {
  readonly code: AuthErrorCode;
  readonly message: string;
  readonly action: string;
}

type Explain = (request: SignInRequest) => Explanation;

/**
 * Turns an authority's refusal into an error in plain words. The authority's code, ids, time and own sentence are kept
 * in the error's data, for support.
 */
export function authorityError(refusal: AuthorityRefusal, request: SignInRequest, cause?: unknown): AuthError {
  const number = aadstsCode(refusal);
  const explain = byNumber.get(number ?? 0) ?? byError.get(refusal.error) ?? refused(refusal);
  const { code, message, action } = explain(request);
  const facts: Record<string, string | undefined> = {
    ErrorCode: number === undefined ? refusal.error : `AADSTS${number}`,
    SubError: refusal.suberror,
    CorrelationId: refusal.correlation_id,
    TraceId: refusal.trace_id,
    Timestamp: refusal.timestamp,
    AuthorityMessage: authorityMessage(refusal),
    IsRetriable: code === 'AuthorityUnavailable' || code === 'AuthorityThrottled' ? 'True' : 'False',
  };
  const data = Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const id = number === undefined ? refusal.error : `AADSTS${number}`;
  return new AuthError({
    code,
    message: `${message} (${id})`,
    recommendedAction: action,
    target: request.tenant,
    data: Object.fromEntries(data),
    cause,
  });
}

const portal = 'the app registration';

const accountDisabled: Explain = () => ({
  code: 'AccountDisabled',
  message: 'The account is disabled.',
  action: 'Sign in with another account, or ask an administrator of the tenant to enable this one.',
});
const accountLocked: Explain = () => ({
  code: 'AccountLocked',
  message: 'The account is locked after too many wrong passwords or from a suspicious address.',
  action: 'Wait some minutes, then try again, or reset the password.',
});
const applicationNotFound: Explain = ({ clientId, tenant, environment }) => ({
  code: 'ApplicationNotFound',
  message: `Application ${clientId} is not in tenant ${tenant} of ${environment.name}.`,
  action: 'Check the application id, -Tenant and -Environment; an administrator may have to add the application first.',
});
const assignmentRequired: Explain = ({ clientId }) => ({
  code: 'AssignmentRequired',
  message: `The account is not assigned to application ${clientId}, which asks for that.`,
  action: 'Ask an administrator to assign the account to the enterprise application.',
});
const authorizationDeclined: Explain = () => ({
  code: 'AuthorizationDeclined',
  message: 'The sign-in was declined by the person who was asked.',
  action: 'Connect again and accept, if it was meant to be accepted.',
});
const certificateNotRegistered: Explain = ({ clientId }) => ({
  code: 'CertificateNotRegistered',
  message: `Application ${clientId} does not know the certificate that was signed with.`,
  action: `Upload the certificate (without its private key) to ${portal}, or pass the thumbprint of one that is there.`,
});
const clientIsPublic: Explain = ({ clientId }) => ({
  code: 'ClientIsPublic',
  message: `Application ${clientId} is a public client, so it may not prove itself by a secret or a certificate.`,
  action: 'Leave -Credential and -CertificateThumbprint out.',
});
const clientSecretExpired: Explain = ({ clientId }) => ({
  code: 'ClientSecretExpired',
  message: `The client secret of application ${clientId} has expired.`,
  action: `Add a new secret in ${portal} and pass that.`,
});
const clientSecretInvalid: Explain = ({ clientId }) => ({
  code: 'ClientSecretInvalid',
  message: `The client secret is not one of application ${clientId}.`,
  action:
    "Pass the secret's value, not its id, as the password of -Credential, and the application id as its user name.",
});
const clockSkewed: Explain = () => ({
  code: 'ClockSkewed',
  message: "What was signed is outside of its time: this computer's clock and the authority's differ.",
  action: 'Set the clock of this computer, then try again.',
});
const conditionalAccess: Explain = () => ({
  code: 'ConditionalAccessBlocked',
  message: 'A Conditional Access policy of the tenant blocks this sign-in, by device, place or application.',
  action: 'Sign in from a device and a network that the policy allows, or ask an administrator of the tenant.',
});
const consentRequired: Explain = ({ clientId }) => ({
  code: 'ConsentRequired',
  message: `Nobody has consented to what application ${clientId} asks for.`,
  action: 'Connect interactively once and consent, or ask an administrator of the tenant to consent for all.',
});
const deviceCodeExpired: Explain = () => ({
  code: 'DeviceCodeExpired',
  message: 'Nobody entered the device code in time.',
  action: 'Connect again and enter the new code.',
});
const invalidUserCredentials: Explain = () => ({
  code: 'InvalidUserCredentials',
  message: 'The user name or the password is wrong.',
  action: 'Connect again and enter them once more.',
});
const multiFactorRequired: Explain = () => ({
  code: 'MultiFactorRequired',
  message: 'The tenant asks for multifactor authentication, which this way of signing in cannot give.',
  action: 'Connect interactively: Connect-SecMgmtAccount without a token, or with -UseDeviceAuthentication.',
});
const passwordExpired: Explain = () => ({
  code: 'PasswordExpired',
  message: 'The password of the account has expired.',
  action: 'Set a new password in a browser, then connect again.',
});
const publicClientNotAllowed: Explain = ({ clientId }) => ({
  code: 'PublicClientNotAllowed',
  message: `Application ${clientId} is a confidential client: it has to prove itself.`,
  action: `Pass its secret with -Credential or its certificate with -CertificateThumbprint, or allow public client flows in ${portal}.`,
});
const redirectUri: Explain = ({ clientId }) => ({
  code: 'RedirectUriNotRegistered',
  message: `Application ${clientId} does not have http://localhost as a redirect URI.`,
  action: `Add http://localhost to ${portal}, under "Mobile and desktop applications".`,
});
const refreshTokenExpired: Explain = () => ({
  code: 'RefreshTokenExpired',
  message: 'The refresh token has expired.',
  action: 'Connect interactively, or get a new refresh token and pass that.',
});
const refreshTokenRevoked: Explain = () => ({
  code: 'RefreshTokenRevoked',
  message: 'The refresh token was revoked, as after a new password or a sign-out everywhere.',
  action: 'Connect interactively, or get a new refresh token and pass that.',
});
const refreshTokenInvalid: Explain = ({ clientId, tenant }) => ({
  code: 'RefreshTokenInvalid',
  message: `The authority does not take this for tenant ${tenant} and application ${clientId}.`,
  action: 'Pass the whole refresh token, with the application id and the tenant that it was issued for.',
});
const resourceNotFound: Explain = ({ scope, tenant, environment }) => ({
  code: 'ResourceNotFound',
  message: `Tenant ${tenant} of ${environment.name} does not know ${scope}.`,
  action: 'Check -Environment: the tenant may be in another cloud.',
});
const tenantNotFound: Explain = ({ tenant, environment }) => ({
  code: 'TenantNotFound',
  message: `There is no tenant ${tenant} in ${environment.name}.`,
  action: 'Check -Tenant, and -Environment: the tenant may be in another cloud.',
});
const userNotInTenant: Explain = ({ tenant }) => ({
  code: 'UserNotInTenant',
  message: `The account is not in tenant ${tenant}.`,
  action: 'Sign in with an account of the tenant, pass another -Tenant, or have the account invited as a guest.',
});
const transient: Explain = ({ environment }) => ({
  code: 'AuthorityUnavailable',
  message: `The sign-in service of ${environment.name} has a passing fault.`,
  action: 'Try again in a few minutes.',
});
const throttled: Explain = ({ environment }) => ({
  code: 'AuthorityThrottled',
  message: `The sign-in service of ${environment.name} takes no more requests for now.`,
  action: 'Try again in a few minutes.',
});

/** By the number of AADSTS ("Microsoft Entra authentication and authorization error codes"). */
const byNumber = new Map<number, Explain>([
  ...numbers(accountDisabled, 50057, 135011),
  ...numbers(accountLocked, 50053),
  ...numbers(applicationNotFound, 700016, 70001),
  ...numbers(assignmentRequired, 50105),
  ...numbers(authorizationDeclined, 65004, 70017),
  ...numbers(certificateNotRegistered, 700027, 7000212, 7000213),
  ...numbers(clientIsPublic, 700025),
  ...numbers(clientSecretExpired, 7000222),
  ...numbers(clientSecretInvalid, 7000215),
  ...numbers(clockSkewed, 700024, 50013, 500133),
  ...numbers(conditionalAccess, 53000, 53001, 53002, 53003, 53009, 530003, 530034),
  ...numbers(consentRequired, 65001, 90094, 90008),
  ...numbers(deviceCodeExpired, 70019, 70020),
  ...numbers(invalidUserCredentials, 50126, 50056),
  ...numbers(multiFactorRequired, 50072, 50074, 50076, 50079, 50158),
  ...numbers(passwordExpired, 50055, 50144),
  ...numbers(publicClientNotAllowed, 7000218),
  ...numbers(redirectUri, 50011),
  ...numbers(refreshTokenExpired, 70008, 70043, 700082, 700084),
  ...numbers(refreshTokenRevoked, 50132, 50133, 50173),
  ...numbers(refreshTokenInvalid, 70000, 700005, 9002313),
  ...numbers(resourceNotFound, 500011, 650057, 70011, 1002012),
  ...numbers(tenantNotFound, 90002, 90013, 900021, 900023),
  ...numbers(throttled, 90055),
  ...numbers(transient, 90033, 90024),
  ...numbers(userNotInTenant, 50020, 50034, 50128, 51004),
]);

/** By the OAuth error, where there is no number or an unknown one (RFC 6749, section 5.2; RFC 8628, section 3.5). */
const byError = new Map<string, Explain>([
  ['access_denied', authorizationDeclined],
  ['authorization_declined', authorizationDeclined],
  ['consent_required', consentRequired],
  ['expired_token', deviceCodeExpired],
  ['temporarily_unavailable', transient],
]);

function refused(refusal: AuthorityRefusal): Explain {
  const told = authorityMessage(refusal).replace(/^AADSTS\d+: /, '');
  return ({ environment }) => ({
    code: 'SignInRefused',
    message: told === '' ? `The sign-in service of ${environment.name} refused.` : told,
    action:
      "Look the code up at https://login.microsoftonline.com/error, or ask an administrator; the error's data has the correlation id.",
  });
}

function numbers(explain: Explain, ...codes: number[]): [number, Explain][] {
  return codes.map(code => [code, explain]);
}
