import { type WireScalar, wireScalar } from 'ts-cmdlet';

/** A time as a DateTimeOffset in UTC; the last one that there is where a token says that it ends after that. */
export function dateTimeOffset(time: Date): WireScalar<'System.DateTimeOffset'> {
  const isAfterAll = time.getUTCFullYear() > 9999;
  return wireScalar('System.DateTimeOffset', isAfterAll ? '9999-12-31T23:59:59.9999999+00:00' : time.toISOString());
}
