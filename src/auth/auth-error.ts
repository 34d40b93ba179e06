/** What went wrong with a sign-in, as a stable code: the error id that a user sees. */
export type AuthErrorCode =
  // The call is wrong.
  | 'InvalidApplicationId'
  | 'InvalidTenant'
  | 'InvalidCertificateThumbprint'
  | 'ServiceConnectionIdRequired'
  | 'TenantRequired'
  | 'TenantMismatch'
  | 'ConflictingClientCredentials'
  | 'ClientCredentialsRequired'
  | 'ApplicationIdRequired'
  | 'ConflictingFlows'
  | 'ConflictingIdentities'
  | 'InvalidObjectId'
  | 'InvalidResourceId'
  | 'InvalidScope'
  | 'MalformedAccessToken'
  | 'MalformedRefreshToken'
  | 'ExpiredAccessToken'
  | 'AccessTokenRefused'
  | 'AudienceMismatch'
  | 'CertificateKeyUnusable'
  | 'NotConnected'
  | 'AccountNotConnected'
  | 'AccountAmbiguous'
  // The authority refused (authority-error.ts).
  | 'AccountDisabled'
  | 'ApplicationNotFound'
  | 'AuthorizationDeclined'
  | 'AccountLocked'
  | 'AssignmentRequired'
  | 'CertificateNotRegistered'
  | 'ClientSecretExpired'
  | 'ClientIsPublic'
  | 'ClientSecretInvalid'
  | 'ClockSkewed'
  | 'ConditionalAccessBlocked'
  | 'ConsentRequired'
  | 'DeviceCodeExpired'
  | 'FederatedIdentityNotRegistered'
  | 'InvalidUserCredentials'
  | 'MultiFactorRequired'
  | 'PasswordExpired'
  | 'PublicClientNotAllowed'
  | 'RedirectUriNotRegistered'
  | 'RefreshTokenExpired'
  | 'RefreshTokenRevoked'
  | 'RefreshTokenInvalid'
  | 'ResourceNotFound'
  | 'SignInRefused'
  | 'TenantNotFound'
  | 'UserNotInTenant'
  // The authority could not be asked, or what it said is not an answer.
  | 'AuthorityUnreachable'
  | 'AuthorityNotTrusted'
  | 'AuthorityTimeout'
  | 'AuthorityThrottled'
  | 'AuthorityUnavailable'
  | 'AuthorityAnswerInvalid'
  // What gives a workload its identity.
  | 'FederatedTokenUnavailable'
  | 'ManagedIdentityUnavailable'
  | 'ManagedIdentityRefused'
  // The person's browser.
  | 'BrowserAnswerInvalid'
  | 'NoBrowser'
  | 'NoLoopbackPort'
  | 'SignInTimedOut';

/** What an `AuthError` is made of. Nothing in it may hold a token or a secret. */
export interface AuthErrorDetails {
  readonly code: AuthErrorCode;
  /** What happened, in plain words. */
  readonly message: string;
  /** What to do about it. */
  readonly recommendedAction: string;
  /** What it is about, as a user would name it: a parameter's value, a tenant, a host. */
  readonly target: string;
  /** Facts for support, such as the authority's code and correlation id. */
  readonly data?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A sign-in that cannot be done or failed: what happened and what to do. */
export class AuthError extends Error {
  readonly code: AuthErrorCode;
  readonly recommendedAction: string;
  readonly target: string;
  readonly data: Readonly<Record<string, string>>;

  constructor({ code, message, recommendedAction, target, data = {}, cause }: AuthErrorDetails) {
    super(message, { cause });
    this.name = 'AuthError';
    this.code = code;
    this.recommendedAction = recommendedAction;
    this.target = target;
    this.data = data;
  }
}
