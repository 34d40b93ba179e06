import { stripVTControlCharacters } from 'node:util';
import { redact } from '../token-request.ts';
import { shorten } from '../visible-text.ts';
import type { AuthorityRefusal } from './messages.ts';

const MAX_DESCRIPTION = 2000;
const MAX_FACT = 100;
const MAX_MESSAGE = 400;

/**
 * The refusal as it may be shown and kept: without the given secrets, each text on one line, of bounded length, and with
 * nothing in it that a terminal acts on.
 */
export function cleanRefusal(refusal: AuthorityRefusal, secrets: readonly string[] = []): AuthorityRefusal {
  const clean = (text: string | undefined, limit: number) => printableLine(redact(text ?? '', secrets), limit);
  const { error, error_description, error_codes, timestamp, trace_id, correlation_id, suberror } = refusal;
  return {
    error: clean(error, MAX_FACT) || 'unknown_error',
    error_description: clean(error_description, MAX_DESCRIPTION),
    ...(error_codes && { error_codes }),
    timestamp: clean(timestamp, MAX_FACT),
    trace_id: clean(trace_id, MAX_FACT),
    correlation_id: clean(correlation_id, MAX_FACT),
    suberror: clean(suberror, MAX_FACT),
  };
}

/** The number in `AADSTS700016`; the authority gives it as a number, or at the start of its description alone. */
export function aadstsCode({ error_codes, error_description }: AuthorityRefusal): number | undefined {
  const told = error_codes?.[0] ?? /^AADSTS(\d+)/.exec(error_description ?? '')?.[1];
  return told === undefined ? undefined : Number(told);
}

/** What the authority's error is called: `AADSTS` and its number, or OAuth's name for it. */
export function refusalId(refusal: AuthorityRefusal): string {
  const number = aadstsCode(refusal);
  return number === undefined ? refusal.error : `AADSTS${number}`;
}

/** The authority's own sentence, without the ids after it. */
export function authorityMessage({ error_description }: AuthorityRefusal): string {
  const [text = ''] = (error_description ?? '').split(/ ?Trace ID:/, 1);
  return shorten(text.trim(), MAX_MESSAGE);
}

/** What support asks for, as an error's data; what the authority did not tell is left out. */
export function refusalFacts(refusal: AuthorityRefusal): Record<string, string> {
  const facts = {
    ErrorCode: refusalId(refusal),
    SubError: refusal.suberror,
    CorrelationId: refusal.correlation_id,
    TraceId: refusal.trace_id,
    Timestamp: refusal.timestamp,
    AuthorityMessage: authorityMessage(refusal),
  };
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}

/** Text from elsewhere as one line of bounded length, with nothing in it that a terminal acts on. */
export function printableLine(text: string, limit: number): string {
  const line = stripVTControlCharacters(text)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return shorten(line, limit);
}
