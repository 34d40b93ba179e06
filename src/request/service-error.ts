import { printableLine } from '../auth/authority/refusal.ts';
import type { AccessToken } from '../auth/connection.ts';
import { retryAfterMs } from '../auth/network/retry-after.ts';
import { redact } from '../auth/token-request.ts';
import { shownAddress } from './address.ts';
import { RequestError, type RequestErrorCode } from './request-error.ts';
import type { ServiceRefusal } from './service-messages.ts';
import { serviceRefusal } from './service-validators.ts';

const MAX_FACT = 200;
const MAX_MESSAGE = 1000;

/** An answer that says no. */
export interface RefusedAnswer {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What stands in the body, where that was JSON. */
  readonly body: unknown;
  /** The token that it was asked with. */
  readonly token: AccessToken;
}

/** Turns a service's refusal into an error in plain words, with the facts that support asks for. */
export function serviceError(answer: RefusedAnswer): RequestError {
  const { method, url, status, headers, body, token } = answer;
  const refusal = serviceRefusal.accepts(body) ? body.error : {};
  // A service may repeat what it was sent.
  const clean = (text: string | undefined, limit = MAX_FACT) => printableLine(redact(text ?? '', [token.token]), limit);
  const said = clean(refusal.message, MAX_MESSAGE);
  const code = clean(refusal.code) || String(status);
  const missing = missingPermissions(said);
  const retryMs = retryAfterMs(headers);
  const facts = {
    ErrorCode: code,
    InnerErrorCode: clean(refusal.innerError?.code),
    HttpStatus: String(status),
    RequestId: clean(refusal.innerError?.['request-id'] ?? headers['request-id'] ?? headers['x-ms-request-id']),
    CorrelationId: clean(
      refusal.innerError?.['client-request-id'] ??
        headers['client-request-id'] ??
        headers['x-ms-correlation-request-id'],
    ),
    Timestamp: clean(refusal.innerError?.date ?? headers.date),
    AuthorityMessage: said,
    MissingPermission: missing.join(' '),
    Method: method,
    RetryAfterSeconds: retryMs === undefined ? '' : String(Math.ceil(retryMs / 1000)),
    IsRetriable: [429, 503, 504].includes(status) ? 'True' : 'False',
  };
  const { kind, what, action } = explain({ status, headers, refusal, missing, token });
  return new RequestError({
    code: kind,
    message: `${what}: ${said || `${url.host} answered ${status}`} (${code})`,
    recommendedAction: action,
    target: `${method} ${shownAddress(url)}`,
    data: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
  });
}

interface Explanation {
  readonly kind: RequestErrorCode;
  readonly what: string;
  readonly action: string;
}

interface ExplainedRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal: ServiceRefusal['error'];
  readonly missing: readonly string[];
  readonly token: AccessToken;
}

function explain({ status, headers, missing, token }: ExplainedRefusal): Explanation {
  switch (status) {
    case 401:
      return {
        kind: 'RequestNotAuthorized',
        what: 'The service does not take the token',
        action: 'Connect again with Connect-SecMgmtAccount.',
      };
    case 403:
      return {
        kind: 'PermissionDenied',
        what: 'The account may not do this',
        action: permissionAdvice(missing, token),
      };
    case 404:
      return {
        kind: 'ObjectNotFound',
        what: 'There is nothing of that name',
        action: 'Check the address: its version, its segments and the identifier.',
      };
    case 405:
    case 501:
      return {
        kind: 'MethodNotAllowed',
        what: 'The address does not take this method',
        action: "Look up in the service's reference which methods it takes.",
      };
    case 409:
    case 412:
      return {
        kind: 'RequestConflict',
        what: 'The object is not as the request expects it',
        action: 'Read the object again, then decide what is to be changed.',
      };
    case 429:
      return { kind: 'RequestThrottled', what: 'The service takes no more requests for now', action: later(headers) };
    default:
      if (status >= 500) {
        return {
          kind: 'ServiceUnavailable',
          what: 'The service has a fault of its own',
          action: `${later(headers)} If it goes on, see the health page of the service.`,
        };
      }
      return status === 400
        ? {
            kind: 'RequestInvalid',
            what: 'The service does not understand the request',
            action: 'Check the query, the body and the headers against the reference of the service.',
          }
        : {
            kind: 'RequestFailed',
            what: 'The service refused the request',
            action: 'Look up the code in the reference of the service.',
          };
  }
}

function later(headers: Readonly<Record<string, string>>): string {
  const ms = retryAfterMs(headers);
  return ms === undefined ? 'Try again in a few minutes.' : `Try again in ${Math.ceil(ms / 1000)} s.`;
}

/** Which permission is missing, as far as anybody says, and which there are. */
function permissionAdvice(missing: readonly string[], { scopes, roles }: AccessToken): string {
  const needed =
    missing.length > 0
      ? `One of these permissions is needed: ${missing.join(', ')}.`
      : 'The service does not say which permission is missing: look under "Permissions" in its reference.';
  const kind = scopes.length > 0 ? 'delegated permissions' : 'application permissions';
  const all = [...scopes, ...roles];
  const has = all.length > 0 ? `The token has the ${kind} ${all.join(', ')}.` : 'The token names no permissions.';
  return `${needed} ${has} Have an administrator grant what is missing, then connect again.`;
}

/**
 * The permissions that a service says it needs, as some do: "API requires one of 'A, B'." Only what looks like a permission
 * counts, such as Directory.Read.All.
 */
function missingPermissions(said: string): string[] {
  const [, rest = ''] =
    /(?:requires? (?:one|any|all) of|must have (?:one|any|all) of|required (?:scopes?|roles?|permissions?))\b(.*)/i.exec(
      said,
    ) ?? [];
  // What follows may be the permissions that the token has.
  const [list = ''] = rest.split(/['"\]]?[.;](?:\s|$)| - /, 1);
  return [...new Set(list.match(/\b[A-Z][A-Za-z]+(?:[.-][A-Za-z0-9]+){1,4}\b/g) ?? [])];
}
