import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';

/** One of the token service's errors, as it is on the wire. */
interface AadstsError {
  /** RFC 6749's `error`, or RFC 8628's, or one of Entra's own. */
  readonly error: string;
  readonly message: string;
  readonly status?: number;
  /** Tells MSAL and others why an interaction is asked for. */
  readonly suberror?: string;
  /** A claims challenge to send along with the next request. */
  readonly claims?: string;
}

const claimsChallenge =
  '{"access_token":{"capolids":{"essential":true,"values":["00000000-0000-0000-0000-00000000ca01"]}}}';

/**
 * The errors the tests need. Source: Microsoft's "Microsoft Entra authentication and authorization error codes" and
 * "OAuth 2.0 device authorization grant" for the code, its meaning and `error`; status, `suberror` and `claims` are as
 * recorded answers of the service show them. Texts after the code are ours: no program may depend on them.
 */
export const aadsts = {
  50011: {
    error: 'invalid_request',
    message: 'The redirect URI does not match the ones configured for the application.',
  },
  50013: { error: 'invalid_grant', message: 'Assertion is invalid.' },
  50020: {
    error: 'invalid_grant',
    message: 'The user account does not exist in this tenant and can not access the application in it.',
  },
  50027: { error: 'invalid_client', message: 'JWT token is invalid or malformed.', status: 401 },
  50034: { error: 'invalid_grant', message: 'The user account does not exist in this directory.' },
  50049: { error: 'invalid_instance', message: 'Unknown or invalid instance.' },
  50057: { error: 'invalid_grant', message: 'The user account is disabled.' },
  50058: { error: 'login_required', message: 'A silent sign-in request was sent but no user is signed in.' },
  50059: {
    error: 'invalid_request',
    message: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  },
  50076: {
    error: 'interaction_required',
    message: 'You must use multi-factor authentication to access this resource.',
    suberror: 'basic_action',
    claims: claimsChallenge,
  },
  50126: { error: 'invalid_grant', message: 'Error validating credentials due to invalid username or password.' },
  50173: {
    error: 'invalid_grant',
    message: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    suberror: 'bad_token',
  },
  53003: {
    error: 'interaction_required',
    message: 'Access has been blocked by Conditional Access policies.',
    suberror: 'message_only',
    claims: claimsChallenge,
  },
  54005: { error: 'invalid_grant', message: 'OAuth2 Authorization code was already redeemed.' },
  65001: {
    error: 'invalid_grant',
    message: 'The user or administrator has not consented to use the application.',
    suberror: 'consent_required',
  },
  65004: { error: 'access_denied', message: 'User declined to consent to access the app.' },
  70000: { error: 'invalid_grant', message: 'Provided grant is invalid or malformed.' },
  70003: { error: 'unsupported_grant_type', message: 'The app requested an unsupported grant type.' },
  70007: { error: 'invalid_request', message: 'The value of the input parameter response_mode is not supported.' },
  70008: {
    error: 'invalid_grant',
    message: 'The provided authorization code or refresh token has expired due to inactivity.',
  },
  70011: { error: 'invalid_scope', message: "The provided value for the input parameter 'scope' is not valid." },
  70016: {
    error: 'authorization_pending',
    message: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  70018: { error: 'bad_verification_code', message: 'The device code is not known.' },
  70019: { error: 'expired_token', message: 'Verification code expired.' },
  70020: {
    error: 'expired_token',
    message: "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
  },
  90002: { error: 'invalid_request', message: 'Tenant not found. Check to make sure you have the correct tenant ID.' },
  90014: { error: 'invalid_request', message: 'The required field is missing from the credential.' },
  90019: {
    error: 'invalid_request',
    message: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  },
  90033: { error: 'temporarily_unavailable', message: 'A transient error has occurred.', status: 503 },
  90055: { error: 'temporarily_unavailable', message: 'Too many incoming requests.', status: 429 },
  90094: { error: 'access_denied', message: 'An administrator has to consent.' },
  90120: { error: 'invalid_request', message: 'The request was already authorized or declined.' },
  500112: {
    error: 'invalid_grant',
    message: 'The reply address does not match the reply address provided when requesting Authorization code.',
  },
  500011: { error: 'invalid_resource', message: 'The resource principal was not found in the tenant.' },
  501481: {
    error: 'invalid_grant',
    message: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  501491: { error: 'invalid_request', message: 'Invalid size or method of the code_challenge parameter.' },
  650057: { error: 'access_denied', message: 'Invalid resource.' },
  700003: { error: 'invalid_grant', message: 'The device is not in the tenant.' },
  700005: {
    error: 'invalid_grant',
    message: 'The provided authorization code is intended to be used against another tenant.',
  },
  700016: { error: 'unauthorized_client', message: 'Application was not found in the directory.' },
  700021: {
    error: 'invalid_client',
    message: 'Client assertion application identifier does not match the client_id parameter.',
    status: 401,
  },
  700023: {
    error: 'invalid_client',
    message: 'Client assertion audience claim does not match Realm issuer.',
    status: 401,
  },
  700024: { error: 'invalid_client', message: 'Client assertion is not within its valid time range.', status: 401 },
  700025: {
    error: 'invalid_client',
    message: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    status: 401,
  },
  700027: { error: 'invalid_client', message: 'Client assertion failed signature validation.', status: 401 },
  700054: {
    error: 'unsupported_response_type',
    message: "response_type is not enabled for the application, or is not 'code'.",
  },
  700082: {
    error: 'invalid_grant',
    message: 'The refresh token has expired due to inactivity.',
    suberror: 'bad_token',
  },
  900144: { error: 'invalid_request', message: 'The request body must contain a parameter that is missing.' },
  900561: { error: 'invalid_request', message: 'The endpoint only accepts POST requests.' },
  1002012: {
    error: 'invalid_scope',
    message: 'Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
  },
  700213: {
    error: 'invalid_client',
    message: 'No matching federated identity record found for presented assertion subject.',
    status: 401,
  },
  7000215: { error: 'invalid_client', message: 'Invalid client secret provided.', status: 401 },
  5002723: {
    error: 'invalid_client',
    message:
      'Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.',
    status: 401,
  },
  7000218: {
    error: 'invalid_client',
    message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    status: 401,
  },
  9002313: { error: 'invalid_grant', message: 'Invalid request. Request is malformed or invalid.' },
  7000222: { error: 'invalid_client', message: 'The provided client secret keys are expired.', status: 401 },
} as const satisfies Readonly<Record<number, AadstsError>>;

export type AadstsCode = keyof typeof aadsts;

/** What an error may say besides its code. */
export interface AadstsDetail {
  /** Goes after the message, as Entra's `[Reason - …]`. */
  readonly reason?: string;
  /** Another `error` than the code's usual one. */
  readonly error?: string;
}

/** Thrown where a request is refused. */
export class AadstsRefusal extends Error {
  readonly code: AadstsCode;
  readonly detail: AadstsDetail;

  constructor(code: AadstsCode, detail: AadstsDetail = {}) {
    super(`AADSTS${code}`);
    this.code = code;
    this.detail = detail;
  }
}

/** The error's whole description: the code, the message, and what support asks for. */
function describe(
  code: AadstsCode,
  detail: AadstsDetail,
  ids: Readonly<Record<'trace' | 'correlation' | 'time', string>>,
) {
  const reason = detail.reason === undefined ? '' : ` [Reason - ${detail.reason}]`;
  return (
    `AADSTS${code}: ${aadsts[code].message}${reason} ` +
    `Trace ID: ${ids.trace} Correlation ID: ${ids.correlation} Timestamp: ${ids.time}`
  );
}

/** The fields of an error, for the token endpoint's JSON and for an answer to the redirect URI. */
export function errorFields(request: HttpRequest, clock: Clock, code: AadstsCode, detail: AadstsDetail = {}) {
  const known: AadstsError = aadsts[code];
  const time = clock
    .date()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const trace = randomUUID();
  const correlation = correlationIdOf(request);
  return {
    error: detail.error ?? known.error,
    error_description: describe(code, detail, { trace, correlation, time }),
    error_codes: [code],
    timestamp: time,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://${request.host}/error?code=${code}`,
    ...(known.suberror === undefined ? {} : { suberror: known.suberror }),
    ...(known.claims === undefined ? {} : { claims: known.claims }),
  };
}

/** The error as the token, device code and discovery endpoints answer it (RFC 6749, 5.2, and Entra's own fields). */
export function errorResponse(
  request: HttpRequest,
  clock: Clock,
  code: AadstsCode,
  detail?: AadstsDetail,
): HttpResponse {
  const known: AadstsError = aadsts[code];
  const fields = errorFields(request, clock, code, detail);
  return jsonResponse(known.status ?? 400, fields, { 'x-ms-request-id': fields.trace_id });
}

/** The request's own correlation id, sent as a header, in the query or in the form; a new one when it has none. */
function correlationIdOf(request: HttpRequest): string {
  const header = request.headers['client-request-id'];
  const form = new URLSearchParams(request.method === 'POST' ? request.body.toString('utf8') : '');
  const sent = (typeof header === 'string' ? header : undefined) ?? request.query.get('client-request-id');
  return sent ?? form.get('client-request-id') ?? randomUUID();
}
