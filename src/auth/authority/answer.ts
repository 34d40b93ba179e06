import { AuthError } from '../auth-error.ts';
import {
  authorityRefusal,
  deviceCodeAnswer,
  openIdConfiguration,
  tokenAnswer,
  userTokenAnswer,
} from './answer-validators.ts';
import { faultOfConfiguration, faultOfTokens, faultOfUserTokens } from './checked-answer.ts';

/** What was asked and what came back. */
export interface AuthorityExchange {
  readonly url: URL;
  /** The form that was sent; empty for a GET. */
  readonly form: URLSearchParams;
  readonly status: number;
  /** The answer's body. */
  readonly body: string;
}

/**
 * Reads an answer: the JSON that its endpoint gives, or a refusal. MSAL takes an empty object for a successful sign-in,
 * so what it relies on is checked here.
 * @throws AuthError `AuthorityAnswerInvalid`
 */
export function readAnswer({ url, form, status, body }: AuthorityExchange): unknown {
  const value = parse(body, url.host);
  if (authorityRefusal.accepts(value)) return value;
  if (status >= 300) throw invalidAnswer(url.host, `it answered ${status} and gave no reason`);
  const fault = faultOf(url, form, value);
  if (fault !== undefined)
    throw fault === malformed ? invalidAnswer(url.host, malformed) : wrongAnswer(url.host, fault);
  return value;
}

const malformed = 'something is missing in its answer, or not of its kind';

/** What is wrong with an answer that is no refusal; nothing where all is well. */
function faultOf(url: URL, form: URLSearchParams, value: unknown): string | undefined {
  if (form.has('grant_type')) {
    const isForUser = form.get('scope')?.split(' ').includes('openid') ?? false;
    if (!isForUser) return tokenAnswer.accepts(value) ? faultOfTokens(value) : malformed;
    return userTokenAnswer.accepts(value) ? faultOfUserTokens(url, form, value) : malformed;
  }
  if (asksForDeviceCode(url)) return deviceCodeAnswer.accepts(value) ? undefined : malformed;
  if (!url.pathname.endsWith('/openid-configuration')) return undefined;
  return openIdConfiguration.accepts(value) ? faultOfConfiguration(url, value) : malformed;
}

/** The error for an answer that no sign-in service gives. What it says is kept out: it may repeat what was sent. */
export function invalidAnswer(host: string, reason: string): AuthError {
  return new AuthError({
    code: 'AuthorityAnswerInvalid',
    message: `What answered for ${host} is no sign-in service: ${reason}.`,
    recommendedAction:
      'A proxy, a filter or a network with a sign-in page of its own may have answered. Open a web page in a browser, then try again.',
    target: host,
    data: { IsRetriable: 'True' },
  });
}

/** The error for an answer that is one of a sign-in service, but of another, for another, or put together wrongly. */
export function wrongAnswer(host: string, fault: string, cause?: unknown): AuthError {
  return new AuthError({
    code: 'AuthorityAnswerInvalid',
    message: `The answer of ${host} cannot be used: ${fault}.`,
    recommendedAction:
      'Try again. If it goes on, something between this computer and the service changes its answers: try another network, or ask who runs this one.',
    target: host,
    data: { IsRetriable: 'True' },
    cause,
  });
}

/** Whether a request asks for a device code (RFC 8628, section 3.1). */
export function asksForDeviceCode({ pathname }: URL): boolean {
  return pathname.endsWith('/devicecode');
}

function parse(text: string, host: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidAnswer(host, 'it is not JSON');
  }
  if (typeof value === 'object' && value !== null) return value;
  throw invalidAnswer(host, 'it is not a JSON object');
}
