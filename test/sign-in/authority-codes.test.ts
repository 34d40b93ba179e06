import { describe, expect, test } from 'vitest';
import type { AuthErrorCode } from '../../src/auth/auth-error.ts';
import { authorityError } from '../../src/auth/authority-error.ts';
import {
  applicationSignIn,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../../src/auth/sign-in-request.ts';
import { environmentNames } from '../entra/environments.ts';

// What each code of the authority means to a user. The names are Microsoft's ("Microsoft Entra authentication and
// authorization error codes"), or in quotes what the service's own descriptions say where that page has none.

const documented: Partial<Record<AuthErrorCode, Record<number, string>>> = {
  AccountDisabled: { 50057: 'UserDisabled', 500571: '«The guest user account is disabled»' },
  AccountLocked: { 50053: 'IdsLocked' },
  ApplicationNotFound: {
    70001: '«Application was not found in the directory»',
    700011: 'UnauthorizedClientAppNotFoundInOrgIdTenant',
    700016: 'UnauthorizedClient_DoesNotMatchRequest',
    7000229: '«The client application is missing service principal in the tenant»',
  },
  AssignmentRequired: { 50105: 'EntitlementGrantsNotFound' },
  AuthorizationDeclined: { 65004: 'UserDeclinedConsent', 70017: '«The end user denied the authorization request»' },
  CertificateNotRegistered: {
    50012: 'AuthenticationFailed: thumbprint or chain of the signing certificate',
    700027: 'Client assertion failed signature validation',
    700030: 'Invalid certificate: subject name is not authorized',
    7000213: '«Invalid certificate chain»',
  },
  ClientIsPublic: { 700025: 'InvalidClientPublicClientWithCredential' },
  ClientSecretExpired: { 7000222: 'InvalidClientSecretExpiredKeysProvided' },
  ClientSecretInvalid: { 70002: 'InvalidClient', 7000215: 'Invalid client secret is provided' },
  ClockSkewed: { 500133: 'Assertion is not within its valid time range', 700024: '«not within its valid time range»' },
  ConditionalAccessBlocked: {
    50005: 'DevicePolicyError',
    50097: 'DeviceAuthenticationRequired',
    50129: 'DeviceIsNotWorkplaceJoined',
    50131: 'ConditionalAccessFailed',
    53000: 'DeviceNotCompliant',
    53001: 'DeviceNotDomainJoined',
    53002: 'ApplicationUsedIsNotAnApprovedApp',
    53003: 'BlockedByConditionalAccess',
    53009: '«Application needs to enforce Intune protection policies»',
    53011: 'User blocked due to risk on home tenant',
    530003: '«Your device is required to be managed»',
    530032: 'BlockedByConditionalAccessOnSecurityPolicy',
    530034: 'DelegatedAdminBlockedDueToSuspiciousActivity',
    530035: 'BlockedBySecurityDefaults',
  },
  ConsentRequired: {
    65001: 'DelegationDoesNotExist',
    65005: 'MisconfiguredApplication',
    650056: 'Misconfigured application',
    650057: 'Invalid resource, not listed in the requested permissions',
    90008: 'TokenForItselfRequiresGraphPermission',
    90094: 'AdminConsentRequired',
    90095: 'AdminConsentRequiredRequestAccess',
    90099: 'The application has not been authorized in the tenant',
  },
  DeviceCodeExpired: { 70019: 'CodeExpired', 70020: '«This device code has expired»' },
  InvalidUserCredentials: {
    50056: 'Invalid or null password',
    50064: 'CredentialAuthenticationError',
    50126: 'InvalidUserNameOrPassword',
  },
  MultiFactorRequired: {
    50072: 'UserStrongAuthEnrollmentRequiredInterrupt',
    50074: 'UserStrongAuthClientAuthNRequiredInterrupt',
    50076: 'UserStrongAuthClientAuthNRequired',
    50078: 'UserStrongAuthExpired',
    50079: 'UserStrongAuthEnrollmentRequired',
    50158: 'ExternalSecurityChallenge',
    53004: 'ProofUpBlockedDueToRisk',
    53010: 'ProofUpBlockedDueToSecurityInfoAcr',
  },
  PasswordExpired: {
    50055: 'InvalidPasswordExpiredPassword',
    50135: 'PasswordChangeCompromisedPassword',
    50144: 'InvalidPasswordExpiredOnPremPassword',
  },
  PublicClientNotAllowed: { 7000218: 'The request body must contain client_assertion or client_secret' },
  RedirectUriNotRegistered: {
    50011: 'InvalidReplyTo',
    70004: 'InvalidRedirectUri',
    500113: '«No reply address is registered»',
    900971: 'No reply address provided',
  },
  RefreshTokenExpired: {
    70008: 'ExpiredOrRevokedGrant',
    70043: 'BadTokenDueToSignInFrequency',
    700081: '«expired due to maximum lifetime»',
    700082: 'ExpiredOrRevokedGrantInactiveToken',
    700084: 'The refresh token was issued to a single page app',
  },
  RefreshTokenInvalid: {
    70000: 'InvalidGrant',
    700005: 'InvalidGrantRedeemAgainstWrongTenant',
    9002313: 'InvalidRequest, malformed',
  },
  RefreshTokenRevoked: { 50132: 'SsoArtifactInvalidOrExpired', 50133: 'SsoArtifactRevoked', 50173: 'FreshTokenNeeded' },
  ResourceNotFound: {
    50001: 'InvalidResource',
    70011: 'InvalidScope',
    500011: 'InvalidResourceServicePrincipalNotFound',
    500014: '«The service principal for resource is disabled»',
    650052: 'The organization has not subscribed to the service',
    650054: 'The resource has been removed or is no longer available',
  },
  TenantNotFound: {
    90002: 'InvalidTenantName',
    90038: 'NationalCloudTenantRedirection',
    900021: '«Requested tenant identifier is not valid»',
    900023: '«Specified tenant identifier is neither a valid DNS name, nor a valid external domain»',
    900382: 'Confidential Client is not supported in Cross Cloud request',
    900432: 'Confidential Client is not supported in Cross Cloud request',
  },
  TenantRequired: {
    50059: 'MissingTenantRealmAndNoUserInformationProvided',
    50128: 'Invalid domain name, no tenant-identifying information',
    50194: 'Application is not configured as a multitenant application',
    90019: 'MissingTenantRealm',
    90124: 'V1ResourceV2GlobalEndpointNotSupported',
    90130: 'NonConvergedAppV2GlobalEndpointNotSupported',
    9001023: 'The grant type is not supported over /common or /consumers',
  },
  AuthorityThrottled: {
    50088: 'Limit on telecom MFA calls reached',
    50166: 'ExternalClaimsProviderThrottled',
    50196: 'LoopDetected',
    90055: 'TenantThrottlingError',
  },
  AuthorityUnavailable: {
    50033: 'RetryableError',
    50087: 'SasRetryableError',
    70012: 'MsaServerError',
    90006: 'ExternalServerRetryableError',
    90012: 'RequestTimeout',
    90024: 'RequestBudgetExceededError',
    90033: 'MsodsServiceUnavailable',
    90090: 'GraphRetryableError',
  },
  UserNotInTenant: {
    16000: 'User account does not exist in tenant',
    16003: 'SsoUserAccountNotFoundInResourceTenant',
    50014: 'GuestUserInPendingState',
    50020: 'UserUnauthorized',
    50034: 'UserAccountNotFound',
    51004: 'UserAccountNotInDirectory',
    90072: 'PassThroughUserMfaError',
    500200: '«is a personal Microsoft account»',
    500208: 'The domain is not a valid login domain for the account type',
  },
  SignInRefused: {
    50002: 'NotAllowedTenant',
    500021: 'Access to the tenant is denied: tenant restrictions',
    500022: 'Access to the tenant is denied: tenant restrictions',
    500212: 'NotAllowedByOutboundPolicyTenant',
    500213: 'NotAllowedByInboundPolicyTenant',
    7000112: 'UnauthorizedClientApplicationDisabled',
  },
};

const clientId = '00001111-aaaa-2222-bbbb-3333cccc4444';
const tenant = 'contoso.onmicrosoft.com';
const byRefreshToken = refreshTokenSignIn({ tenant }, clientId, 'a-refresh-token');
const own = 'Own words of the service.';

const refuse = (number: number, request: SignInRequest = byRefreshToken) =>
  authorityError(
    { error: 'invalid_grant', error_codes: [number], error_description: `AADSTS${number}: ${own}` },
    request,
  );

const codes = Object.entries(documented).flatMap(([code, names]) =>
  Object.entries(names).map(([number, name]) => ({ code, number: Number(number), name })),
);

test.each(codes)('AADSTS$number ($name) is $code', ({ code, number }) => {
  const { message, recommendedAction, target, data, ...error } = refuse(number);
  expect(error.code).toBe(code);
  // Plain words of ours, with the code for who looks it up.
  expect(message).not.toContain(own);
  expect(message.endsWith(`. (AADSTS${number})`)).toBe(true);
  expect(recommendedAction).toMatch(/^[A-Z].*\.$/);
  expect(message + recommendedAction).not.toMatch(/undefined|NaN|\[object/);
  expect(target).toBe(tenant);
  const retriable = code === 'AuthorityThrottled' || code === 'AuthorityUnavailable';
  expect(data).toEqual({
    ErrorCode: `AADSTS${number}`,
    AuthorityMessage: `AADSTS${number}: ${own}`,
    IsRetriable: retriable ? 'True' : 'False',
  });
});

describe('The same code in another way of signing in', () => {
  const others: SignInRequest[] = [
    userSignIn({ tenant }, false),
    userSignIn({ tenant }, true),
    applicationSignIn({ tenant }, clientId, { kind: 'secret', secret: 'a secret' }),
  ];

  test.each([70000, 700005, 9002313])('AADSTS%i speaks of no refresh token where none was passed', number => {
    for (const request of others)
      expect(refuse(number, request)).toMatchObject({ code: 'SignInRefused', message: `${own} (AADSTS${number})` });
  });

  test('AADSTS50076 asks a person for the second factor, and only a refresh token for a person', () => {
    expect(refuse(50076, userSignIn({ tenant }, true)).recommendedAction).toContain('https://aka.ms/mysecurityinfo');
    expect(refuse(50076).recommendedAction).toMatch(/^Connect interactively/);
  });
});

describe('A code that is not for users', () => {
  // What the page has no advice for stays the authority's own sentence.
  test.each([
    [50013, 'InvalidAssertion: issuer, time, form or kind of token'],
    [65002, 'Consent between first party application and resource must be preauthorized'],
    [90013, 'InvalidUserInput'],
    [90014, 'MissingRequiredField'],
    [135011, 'Device used during the authentication is disabled'],
    [1002012, '«Client credential flows must have a scope value with /.default»'],
  ])('AADSTS%i (%s) is told in the authority’s words', number => {
    expect(refuse(number)).toMatchObject({ code: 'SignInRefused', message: `${own} (AADSTS${number})` });
  });
});

describe('Without a number', () => {
  test.each<[string, AuthErrorCode, string]>([
    ['access_denied', 'AuthorizationDeclined', 'False'],
    ['authorization_declined', 'AuthorizationDeclined', 'False'],
    ['consent_required', 'ConsentRequired', 'False'],
    ['expired_token', 'DeviceCodeExpired', 'False'],
    ['interaction_required', 'SignInRefused', 'False'],
    ['login_required', 'SignInRefused', 'False'],
    ['temporarily_unavailable', 'AuthorityUnavailable', 'True'],
    ['server_error_of_its_own', 'SignInRefused', 'False'],
  ])('%s is %s', (error, code, retriable) => {
    const told = authorityError({ error }, byRefreshToken);
    expect(told).toMatchObject({ code, data: { ErrorCode: error, IsRetriable: retriable } });
    expect(told.message.endsWith(`(${error})`)).toBe(true);
  });

  test('interaction_required says how to be asked', () => {
    const { recommendedAction } = authorityError({ error: 'interaction_required' }, byRefreshToken);
    expect(recommendedAction).toMatch(/^Connect interactively: Connect-SecMgmtAccount/);
  });

  test('access_denied with an unknown number is not the person’s no', () => {
    const told = authorityError({ error: 'access_denied', error_codes: [1], error_description: own }, byRefreshToken);
    expect(told).toMatchObject({ code: 'SignInRefused', message: `${own} (AADSTS1)` });
  });
});

test.each(environmentNames)('%s looks its codes up at its own authority', environment => {
  const request = refreshTokenSignIn({ tenant, environment }, clientId, 'a-refresh-token');
  const { recommendedAction } = authorityError({ error: 'x' }, request);
  expect(recommendedAction).toContain(`${request.environment.activeDirectoryAuthority}error,`);
});
