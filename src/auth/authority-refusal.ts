import type { AuthorityRefusal } from './authority-messages.ts';

/** The number in `AADSTS700016`; the authority gives it as a number, or at the start of its description alone. */
export function aadstsCode({ error_codes, error_description }: AuthorityRefusal): number | undefined {
  const told = error_codes?.[0] ?? /^AADSTS(\d+)/.exec(error_description ?? '')?.[1];
  return told === undefined ? undefined : Number(told);
}

/** The authority's own sentence, without the ids after it, on one line and of bounded length. */
export function authorityMessage({ error_description }: AuthorityRefusal): string {
  const text = (error_description ?? '').split(/ ?Trace ID:/, 1)[0] ?? '';
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
