import fc from 'fast-check';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { dateTimeOffset, timeSpan, toDate, toMilliseconds } from '../../src/runtime/time-values.ts';
import { wireScalar } from '../../src/runtime/values.ts';
import { shell } from './probe/probe-shell.ts';

// .NET's own TimeSpan, DateTime and DateTimeOffset say which times these are.

const Facts = Type.Object({ text: Type.String(), number: Type.Number() });
const literal = (texts: readonly string[]) => `@(${texts.map(quote).join(', ')})`;
const MS = { minute: 60_000, day: 86_400_000 };

test('a time span of milliseconds, and its milliseconds, are those of .NET', async () => {
  const known = [0, 1, -1, 0.0001, 999.9999, MS.day, -MS.day - 1, 59_999.9999, 25 * 3600 * 1000];
  const ticks = [...known.map(ms => Math.round(ms * 10_000)), ...fc.sample(fc.integer({ min: -1e15, max: 1e15 }), 200)];
  const script = `foreach ($ticks in ${ticks.join(', ')}) { $span = [timespan]::FromTicks($ticks)
    @{ text = $span.ToString('c'); number = [Math]::Truncate($ticks / 10000d) } }`;
  for (const [index, { text, number }] of (await shell.run(Facts, script)).entries()) {
    expect(timeSpan((ticks[index] ?? 0) / 10_000)).toEqual(wireScalar('System.TimeSpan', text));
    expect(toMilliseconds(wireScalar('System.TimeSpan', text)), text).toBe(number);
  }
});

test('a date with any offset is the same moment in .NET, and comes back', async () => {
  const dates = fc.sample(fc.date({ min: new Date(-6e13), max: new Date(2.5e14), noInvalidDate: true }), 100);
  const offsets = [0, 60, -60, 330, -150, 840, -840];
  const values = dates.map((date, index) => dateTimeOffset(date, offsets[index % offsets.length]));
  const script = `foreach ($text in ${literal(values.map(({ value }) => value))}) {
    $time = [System.DateTimeOffset]::Parse($text, [cultureinfo]::InvariantCulture)
    @{ text = $time.ToString('o'); number = $time.ToUnixTimeMilliseconds() }; @{ text = ''; number = $time.Offset.TotalMinutes } }`;
  const facts = await shell.run(Facts, script);
  for (const [index, date] of dates.entries()) {
    expect(facts[2 * index]?.number).toBe(date.getTime());
    expect(facts[2 * index + 1]?.number).toBe(offsets[index % offsets.length]);
    expect(toDate(wireScalar('System.DateTimeOffset', facts[2 * index]?.text ?? ''))).toEqual(date);
  }
});

test('a DateTime of each kind is the moment that .NET takes it for', async () => {
  const script = `foreach ($kind in 'Utc', 'Local', 'Unspecified') {
    $time = [datetime]::SpecifyKind([datetime] '2024-02-29T23:59:58.1234567', $kind)
    @{ text = $time.ToString('o'); number = ([System.DateTimeOffset] $time).ToUnixTimeMilliseconds() } }`;
  const facts = await shell.run(Facts, script);
  expect(facts).toHaveLength(3);
  for (const { text, number } of facts) expect(toDate(wireScalar('System.DateTime', text)).getTime()).toBe(number);
});

test('a time beyond those of .NET is the nearest, and what is none is refused', async () => {
  expect(dateTimeOffset(new Date(8.64e15)).value).toBe('9999-12-31T23:59:59.9999999+00:00');
  expect(dateTimeOffset(new Date(-8.64e15), 60).value).toBe('0001-01-01T00:00:00.000+01:00');
  expect(() => dateTimeOffset(new Date(Number.NaN))).toThrow(RangeError);
  expect(() => timeSpan(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => toMilliseconds(wireScalar('System.TimeSpan', '1:2'))).toThrow(RangeError);
  expect(() => toDate(wireScalar('System.DateTime', 'soon'))).toThrow(RangeError);
});
