/** What went wrong with a sign-in, as a stable code. */
export type AuthErrorCode =
  | 'InvalidApplicationId'
  | 'InvalidTenant'
  | 'InvalidCertificateThumbprint'
  | 'TenantRequired'
  | 'TenantMismatch'
  | 'ConflictingClientCredentials'
  | 'MalformedAccessToken'
  | 'ExpiredAccessToken'
  | 'FlowNotAvailable';

/** A sign-in that cannot be done or failed: what happened and what to do, neither of them with a secret in it. */
export class AuthError extends Error {
  readonly code: AuthErrorCode;
  readonly recommendedAction: string;
  /** What it is about, as a user would name it: a parameter's value, a tenant, a host. */
  readonly target: string;

  constructor(code: AuthErrorCode, message: string, recommendedAction: string, target: string) {
    super(message);
    this.name = 'AuthError';
    this.code = code;
    this.recommendedAction = recommendedAction;
    this.target = target;
  }
}
