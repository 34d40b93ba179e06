import { type Cmdlet, CmdletError, type ErrorCategory, type Plan } from 'ts-cmdlet';
import { AuthError, type AuthErrorCode } from '../auth/auth-error.ts';

type Kind = readonly [ErrorCategory, exceptionType: string];

const wrongArgument: Kind = ['InvalidArgument', 'System.ArgumentException'];
const refused: Kind = ['AuthenticationError', 'System.Security.Authentication.AuthenticationException'];
const forbidden: Kind = ['PermissionDenied', 'System.Security.Authentication.AuthenticationException'];
const unreachable: Kind = ['ConnectionError', 'System.Net.Http.HttpRequestException'];
const unavailable: Kind = ['ResourceUnavailable', 'System.Net.Http.HttpRequestException'];

const kinds: Readonly<Record<AuthErrorCode, Kind>> = {
  InvalidApplicationId: wrongArgument,
  InvalidTenant: wrongArgument,
  InvalidCertificateThumbprint: wrongArgument,
  ServiceConnectionIdRequired: wrongArgument,
  TenantRequired: wrongArgument,
  TenantMismatch: wrongArgument,
  ConflictingClientCredentials: wrongArgument,
  ClientCredentialsRequired: wrongArgument,
  ApplicationIdRequired: wrongArgument,
  ConflictingFlows: wrongArgument,
  ConflictingIdentities: wrongArgument,
  InvalidObjectId: wrongArgument,
  InvalidResourceId: wrongArgument,
  InvalidScope: wrongArgument,
  MalformedAccessToken: ['InvalidData', 'System.ArgumentException'],
  MalformedRefreshToken: ['InvalidData', 'System.ArgumentException'],
  ExpiredAccessToken: refused,
  AccessTokenRefused: refused,
  AudienceMismatch: wrongArgument,
  NotConnected: ['ConnectionError', 'System.InvalidOperationException'],
  AccountNotConnected: ['ObjectNotFound', 'System.InvalidOperationException'],
  AccountAmbiguous: wrongArgument,
  CertificateKeyUnusable: ['SecurityError', 'System.InvalidOperationException'],
  AccountDisabled: refused,
  AccountLocked: refused,
  ApplicationNotFound: ['ObjectNotFound', 'System.Security.Authentication.AuthenticationException'],
  AssignmentRequired: forbidden,
  AuthorizationDeclined: forbidden,
  CertificateNotRegistered: refused,
  ClientIsPublic: refused,
  ClientSecretExpired: refused,
  ClientSecretInvalid: refused,
  ClockSkewed: refused,
  ConditionalAccessBlocked: forbidden,
  ConsentRequired: forbidden,
  DeviceCodeExpired: ['OperationTimeout', 'System.TimeoutException'],
  FederatedIdentityNotRegistered: refused,
  InvalidUserCredentials: refused,
  MultiFactorRequired: refused,
  PasswordExpired: refused,
  PublicClientNotAllowed: refused,
  RedirectUriNotRegistered: refused,
  RefreshTokenExpired: refused,
  RefreshTokenRevoked: refused,
  RefreshTokenInvalid: refused,
  ResourceNotFound: ['ObjectNotFound', 'System.Security.Authentication.AuthenticationException'],
  SignInRefused: refused,
  TenantNotFound: ['ObjectNotFound', 'System.Security.Authentication.AuthenticationException'],
  UserNotInTenant: refused,
  AuthorityUnreachable: unreachable,
  AuthorityNotTrusted: ['SecurityError', 'System.Net.Http.HttpRequestException'],
  AuthorityTimeout: ['OperationTimeout', 'System.TimeoutException'],
  AuthorityThrottled: ['LimitsExceeded', 'System.Net.Http.HttpRequestException'],
  AuthorityUnavailable: unavailable,
  AuthorityAnswerInvalid: ['InvalidResult', 'System.Net.Http.HttpRequestException'],
  FederatedTokenUnavailable: ['ResourceUnavailable', 'System.InvalidOperationException'],
  ManagedIdentityUnavailable: unavailable,
  ManagedIdentityRefused: refused,
  BrowserAnswerInvalid: ['InvalidResult', 'System.InvalidOperationException'],
  NoBrowser: ['ResourceUnavailable', 'System.InvalidOperationException'],
  NoLoopbackPort: ['ResourceUnavailable', 'System.InvalidOperationException'],
  SignInTimedOut: ['OperationTimeout', 'System.TimeoutException'],
};

/** A cmdlet over src/auth: its errors become those of a cmdlet, their codes the error ids. */
export function withAuthErrors<Parameters, P extends Plan>(cmdlet: Cmdlet<Parameters, P>): Cmdlet<Parameters, P> {
  return {
    plan(parameters) {
      try {
        return cmdlet.plan(parameters);
      } catch (error) {
        throw toCmdletError(error);
      }
    },
    async run(plan, invocation) {
      try {
        await cmdlet.run(plan, invocation);
      } catch (error) {
        throw toCmdletError(error);
      }
    },
  };
}

/** An `AuthError` as the error of a cmdlet; any other error as it is. */
export function toCmdletError(error: unknown): unknown {
  if (!(error instanceof AuthError)) return error;
  const [category, exceptionType] = kinds[error.code];
  return new CmdletError({
    errorId: error.code,
    category,
    exceptionType,
    message: error.message,
    recommendedAction: error.recommendedAction,
    target: error.target,
    data: error.data,
    cause: error,
  });
}
