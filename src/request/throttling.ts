import { setTimeout as delay } from 'node:timers/promises';
import { retryAfterMs } from '../auth/network/retry-after.ts';
import type { SignInCall } from '../auth/sign-in-call.ts';
import { waitFor } from '../auth/wait-for.ts';

/** A longer wait than this is the user's to decide on. */
const MAX_WAIT_MS = 300_000;
const MAX_ATTEMPTS = 10;
const LONGEST_BACKOFF_MS = 60_000;

/** An answer that may say «later». */
export interface ThrottledAnswer {
  readonly method: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How long to wait before a request is sent again, in milliseconds, as the answer says (429, 503 and 504 with Retry-After; RFC
 * 9110, section 10.2.3), else ever longer. Nothing where it is not to be sent again: a change that the service may have begun
 * is sent again only where the service asks for it.
 *
 * @param attempt how often the request was sent
 */
export function waitBeforeRetry({ method, status, headers }: ThrottledAnswer, attempt: number): number | undefined {
  if (![429, 503, 504].includes(status) || attempt >= MAX_ATTEMPTS) return undefined;
  const toldMs = retryAfterMs(headers);
  const mayRepeat = status === 429 || toldMs !== undefined || ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method);
  const waitMs = toldMs ?? Math.min(1000 * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  return mayRepeat && waitMs <= MAX_WAIT_MS ? waitMs : undefined;
}

/** Waits, and shows for how long. */
export async function waitForService(host: string, status: number, waitMs: number, call: SignInCall): Promise<void> {
  call.verbose(`${host} answered ${status}; asking again in ${waitMs / 1000} s.`);
  const waited = delay(waitMs, undefined, { signal: call.signal });
  await waitFor(waited, call, {
    activity: 'Request to the Microsoft cloud',
    status: `${host} takes no more requests for now (${status}); waiting as it asks`,
    seconds: waitMs / 1000,
  });
}
