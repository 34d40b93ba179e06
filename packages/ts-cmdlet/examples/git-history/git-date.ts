import { type WireScalar, wireScalar } from 'ts-cmdlet';

/**
 * A date of git's (`%aI`, such as 2024-05-01T12:30:00+02:00) as a System.DateTimeOffset; null where there is no such
 * date: some tools have written commits with offsets of days.
 */
export function dateTimeOffset(isoDate: string): WireScalar<'System.DateTimeOffset'> | null {
  const isValid = /^\d{4}-.*(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))$/.test(isoDate) && !Number.isNaN(Date.parse(isoDate));
  return isValid ? wireScalar('System.DateTimeOffset', isoDate) : null;
}

/** A System.DateTime as git reads it, in seconds since 1970. One of no kind is local time, as PowerShell has it. */
export function gitDate({ value }: WireScalar<'System.DateTime'>): string {
  return `@${Math.floor(Date.parse(value) / 1000)}`;
}
