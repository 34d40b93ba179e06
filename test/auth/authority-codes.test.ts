import { environmentNames } from 'fake-entra/environments';
import { describe, expect, test } from 'vitest';
import type { AuthErrorCode } from '../../src/auth/auth-error.ts';
import { authorityError } from '../../src/auth/authority/error.ts';
import {
  applicationSignIn,
  refreshTokenSignIn,
  type SignInRequest,
  userSignIn,
} from '../../src/auth/sign-in-request.ts';
import { documentedCodes } from '../sign-in/documented-codes.ts';

// What each code of the authority means to a user.

const clientId = '00001111-aaaa-2222-bbbb-3333cccc4444';
const tenant = 'contoso.onmicrosoft.com';
const byRefreshToken = refreshTokenSignIn({ tenant }, clientId, 'a-refresh-token');
const own = 'Own words of the service.';

const refuse = (number: number, request: SignInRequest = byRefreshToken) =>
  authorityError(
    { error: 'invalid_grant', error_codes: [number], error_description: `AADSTS${number}: ${own}` },
    request,
  );

test.each(documentedCodes)('AADSTS$number ($name) is $code', ({ code, number }) => {
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
