import type { IncomingHttpHeaders } from 'node:http';

/**
 * The wait that an answer asks for, in milliseconds (RFC 9110, section 10.2.3): seconds, or a date. A date is read
 * beside the answer's own, so that a clock that is wrong here does not matter. Gives nothing where none is told.
 */
export function retryAfterMs({ 'retry-after': value, date }: IncomingHttpHeaders): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = httpDate(value);
  if (until === undefined) return undefined;
  return Math.max(until - (httpDate(date ?? '') ?? Date.now()), 0);
}

/** Milliseconds since 1970. Only HTTP's own form counts: JavaScript takes much more for a date. */
function httpDate(text: string): number | undefined {
  const time = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
