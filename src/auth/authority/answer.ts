import { AuthError } from '../auth-error.ts';
import {
  authorityRefusal,
  deviceCodeAnswer,
  openIdConfiguration,
  tokenAnswer,
  userTokenAnswer,
} from './answer-validators.ts';

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
  const validator = validatorFor(url, form);
  if (validator !== undefined && !validator.accepts(value)) {
    throw invalidAnswer(url.host, 'something is missing in its answer');
  }
  return value;
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

/** Whether a request asks for a device code (RFC 8628, section 3.1). */
export function asksForDeviceCode({ pathname }: URL): boolean {
  return pathname.endsWith('/devicecode');
}

function validatorFor(url: URL, form: URLSearchParams) {
  if (form.has('grant_type')) {
    return form.get('scope')?.split(' ').includes('openid') ? userTokenAnswer : tokenAnswer;
  }
  if (asksForDeviceCode(url)) return deviceCodeAnswer;
  return url.pathname.endsWith('/openid-configuration') ? openIdConfiguration : undefined;
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
