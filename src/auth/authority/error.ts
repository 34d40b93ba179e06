import { AuthError } from '../auth-error.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import * as explain from './explanations.ts';
import type { AuthorityRefusal } from './messages.ts';
import { aadstsCode, cleanRefusal, refusalFacts, refusalId } from './refusal.ts';

/**
 * Turns an authority's refusal into an error in plain words. The authority's code, ids, time and own sentence are kept
 * in the error's data, for support.
 */
export function authorityError(told: AuthorityRefusal, request: SignInRequest, cause?: unknown): AuthError {
  const refusal = cleanRefusal(told);
  const explanation = byNumber.get(aadstsCode(refusal) ?? 0) ?? byError.get(refusal.error) ?? explain.refused;
  const { code, message, action } = explanation(request, refusal);
  const isRetriable = code === 'AuthorityUnavailable' || code === 'AuthorityThrottled';
  return new AuthError({
    code,
    message: `${message} (${refusalId(refusal)})`,
    recommendedAction: action,
    target: request.tenant,
    data: { ...refusalFacts(refusal), IsRetriable: isRetriable ? 'True' : 'False' },
    cause,
  });
}

/**
 * By the number of AADSTS ("Microsoft Entra authentication and authorization error codes"; 53009, 500014, 500113, 500200,
 * 500571, 530003, 700021, 700081, 7000213 and 7000229, and 70021, 700211 to 700213 of federated tokens, as the service's own descriptions say).
 */
const byNumber = new Map<number, explain.Explain>([
  ...numbers(explain.accountDisabled, 50057, 500571),
  ...numbers(explain.accountLocked, 50053),
  ...numbers(explain.adminConsentRequired, 90094, 90095, 90099),
  ...numbers(explain.applicationDisabled, 7000112),
  ...numbers(explain.applicationNotFound, 70001, 700011, 700016, 7000229),
  ...numbers(explain.assignmentRequired, 50105),
  ...numbers(explain.authorizationDeclined, 65004, 70017),
  ...numbers(explain.certificateNotRegistered, 50012, 700027, 700030, 7000213),
  ...numbers(explain.clientIsPublic, 700025),
  ...numbers(explain.clientSecretExpired, 7000222),
  ...numbers(explain.clientSecretInvalid, 70002, 7000215),
  ...numbers(explain.clockSkewed, 700024, 500133),
  ...numbers(explain.conditionalAccess, 50005, 50097, 50129, 50131, 53000, 53001, 53002, 53003, 53009, 53011),
  ...numbers(explain.conditionalAccess, 530003, 530032, 530034, 530035),
  ...numbers(explain.consentRequired, 65001, 90008),
  ...numbers(explain.deviceCodeExpired, 70019, 70020),
  ...numbers(explain.federatedIdentityNotRegistered, 70021, 700211, 700212, 700213),
  ...numbers(explain.grantInvalid, 70000, 700005, 9002313),
  ...numbers(explain.invalidUserCredentials, 50126, 50056, 50064),
  ...numbers(explain.multiFactorRequired, 50072, 50074, 50076, 50078, 50079, 50158, 53004, 53010),
  ...numbers(explain.passwordExpired, 50055, 50135, 50144),
  ...numbers(explain.permissionNotListed, 65005, 650056, 650057),
  ...numbers(explain.publicClientNotAllowed, 7000218),
  ...numbers(explain.redirectUri, 50011, 70004, 500113, 900971),
  ...numbers(explain.refreshTokenExpired, 70008, 70043, 700081, 700082, 700084),
  ...numbers(explain.refreshTokenRevoked, 50132, 50133, 50173),
  ...numbers(explain.resourceNotFound, 50001, 70011, 500011, 500014, 650052, 650054),
  ...numbers(explain.tenantNotFound, 90002, 90038, 900021, 900023, 900382, 900432),
  ...numbers(explain.tenantRequired, 50059, 50128, 50194, 90019, 90124, 90130, 9001023),
  ...numbers(explain.tenantRestricted, 50002, 500021, 500022, 500212, 500213),
  ...numbers(explain.throttled, 50088, 50166, 50196, 90055),
  ...numbers(explain.transient, 50033, 50087, 70012, 90006, 90012, 90024, 90033, 90090),
  ...numbers(explain.userNotInTenant, 16000, 16003, 50014, 50020, 50034, 51004, 90072, 500200, 500208),
]);

/** By the OAuth error, where there is no number or an unknown one (RFC 6749, section 5.2; RFC 8628, section 3.5). */
const byError = new Map<string, explain.Explain>([
  ['access_denied', explain.denied],
  ['authorization_declined', explain.authorizationDeclined],
  ['consent_required', explain.consentRequired],
  ['expired_token', explain.deviceCodeExpired],
  ['interaction_required', explain.interactionRequired],
  ['login_required', explain.interactionRequired],
  ['temporarily_unavailable', explain.transient],
]);

function numbers(explanation: explain.Explain, ...codes: number[]): [number, explain.Explain][] {
  return codes.map(code => [code, explanation]);
}
