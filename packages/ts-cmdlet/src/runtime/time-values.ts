import { type WireScalar, wireScalar } from './values.ts';

// Times as JavaScript has them, and as they cross: values.ts. .NET counts in ticks of 100 nanoseconds and JavaScript's Date in
// milliseconds, so what is below a millisecond is lost on the way to JavaScript.

const MS_PER_DAY = 86_400_000;

/** The first and the last time of .NET, in milliseconds: System.DateTime.MinValue and MaxValue. JavaScript has others. */
const LAST = '9999-12-31T23:59:59.9999999';
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/**
 * The time of a System.DateTime or a System.DateTimeOffset. A DateTime of no kind is local time, as PowerShell has it.
 * @throws RangeError for a text that is no time
 */
export function toDate({ $type, value }: WireScalar<'System.DateTime' | 'System.DateTimeOffset'>): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new RangeError(`'${value}' is no ${$type}.`);
  return date;
}

/**
 * A System.DateTimeOffset of a time: in UTC, or with an offset from it in minutes. A time before .NET's first or after its
 * last is that one, as a service may say `never` by it.
 * @throws RangeError for an invalid Date
 */
export function dateTimeOffset(date: Date, offsetMinutes = 0): WireScalar<'System.DateTimeOffset'> {
  const offset = offsetMinutes * 60_000;
  const time = Math.min(Math.max(date.getTime() + offset, FIRST_MS), LAST_MS);
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60].map(twoDigits);
  const local = time === LAST_MS ? LAST : new Date(time).toISOString().slice(0, -1);
  return wireScalar('System.DateTimeOffset', `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`);
}

/** The milliseconds of a System.TimeSpan. @throws RangeError for a text that is none */
export function toMilliseconds({ value }: WireScalar<'System.TimeSpan'>): number {
  const parts = /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d(?:\.\d{1,7})?)$/.exec(value);
  if (parts === null) throw new RangeError(`'${value}' is no System.TimeSpan.`);
  const [days, hours, minutes] = parts.slice(2, 5).map(Number);
  const seconds = Math.floor(Math.round(Number(parts[5]) * 10_000_000) / 10_000);
  const total = (days || 0) * MS_PER_DAY + ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000 + seconds;
  return parts[1] === '-' && total !== 0 ? -total : total;
}

/** A System.TimeSpan of milliseconds, which may have fractions: a tick is 0.0001. @throws RangeError for what is not finite */
export function timeSpan(milliseconds: number): WireScalar<'System.TimeSpan'> {
  if (!Number.isFinite(milliseconds)) throw new RangeError(`${milliseconds} milliseconds are no System.TimeSpan.`);
  const ticks = BigInt(Math.round(Math.abs(milliseconds) * 10_000));
  const [days, rest] = [ticks / 864_000_000_000n, ticks % 864_000_000_000n];
  const seconds = rest / 10_000_000n;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(twoDigits).join(':');
  const fraction = rest % 10_000_000n;
  const sign = milliseconds < 0 && ticks > 0n ? '-' : '';
  const below = fraction === 0n ? '' : `.${String(fraction).padStart(7, '0')}`;
  return wireScalar('System.TimeSpan', `${sign}${days === 0n ? '' : `${days}.`}${clock}${below}`);
}

function twoDigits(value: number | bigint): string {
  return String(value).padStart(2, '0');
}
