import { AuthError } from '../auth-error.ts';
import { authorityRefusal } from '../authority/answer-validators.ts';
import { cleanRefusal, refusalFacts } from '../authority/refusal.ts';
import { secretsOf } from '../token-request.ts';

/** An answer that says «not now»: 429 or 5xx. */
export interface UnavailableAnswer {
  readonly url: URL;
  /** The form that was sent. */
  readonly form: URLSearchParams;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What Retry-After told, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** Says in plain words that the authority is too busy or at fault, and when to try again. Keeps what support asks for. */
export function unavailableError(answer: UnavailableAnswer): AuthError {
  const { url, status, retryAfterMs } = answer;
  const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
  const facts = factsOf(answer);
  const code = facts.ErrorCode === undefined ? status : `${status}, ${facts.ErrorCode}`;
  const when = seconds === undefined ? 'Try again in a few minutes' : `Try again in ${seconds} s`;
  const details = {
    target: url.host,
    data: {
      ErrorCode: String(status),
      ...facts,
      HttpStatus: String(status),
      IsRetriable: 'True',
      ...(seconds !== undefined && { RetryAfterSeconds: String(seconds) }),
    },
  };
  if (status === 429) {
    return new AuthError({
      ...details,
      code: 'AuthorityThrottled',
      message: `${url.host} takes no more requests for now (${code}).`,
      recommendedAction: `${when}.`,
    });
  }
  return new AuthError({
    ...details,
    code: 'AuthorityUnavailable',
    message: `${url.host} has a fault of its own (${code}).`,
    recommendedAction: `${when}; if it goes on, see the health page of the service.`,
  });
}

function factsOf({ url, form, headers, body }: UnavailableAnswer): Record<string, string> {
  // Where the answer names no ids of its own, the request's own id still finds it in the service's logs.
  const correlationId = form.get('client-request-id') ?? url.searchParams.get('client-request-id');
  const traceId = headers['x-ms-request-id'];
  const known = { ...(correlationId && { CorrelationId: correlationId }), ...(traceId && { TraceId: traceId }) };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return known;
  }
  if (!authorityRefusal.accepts(value)) return known;
  return { ...known, ...refusalFacts(cleanRefusal(value, secretsOf(form))) };
}
