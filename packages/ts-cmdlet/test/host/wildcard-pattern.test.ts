import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { runPowerShell } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { CmdletError } from '../../src/runtime/cmdlet.ts';
import { WildcardPattern } from '../../src/runtime/wildcard-pattern.ts';

// What PowerShell's own WildcardPattern says of the same patterns and texts is right.

const Verdicts = Type.Array(
  Type.Tuple([Type.Union([Type.Boolean(), Type.Literal('invalid')]), Type.String(), Type.Boolean()]),
);

const letters = fc.constantFrom('a', 'b', 'B', 'é', 'É', '*', '?', '[', ']', '-', '`', '1', '\n', '😀', '!', '^', '.');
const text = (maxLength: number) => fc.array(letters, { maxLength }).map(parts => parts.join(''));

function verdict(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof CmdletError && error.details.errorId === 'WildcardPatternInvalid') return 'invalid';
    throw error;
  }
}

test('matches, escapes and finds wildcards as PowerShell does', async () => {
  const random = fc.sample(fc.record({ pattern: text(7), text: text(5) }), 3000);
  // Patterns that are made of a text match more often than random ones.
  const near = fc.sample(
    fc.tuple(text(5), text(2)).map(([own, more]) => ({ pattern: WildcardPattern.escape(own) + more, text: own })),
    500,
  );
  const cases = [
    ...random,
    ...near,
    { pattern: '`', text: '' },
    { pattern: '[]]', text: ']' },
    { pattern: '[?-[]', text: '@' },
    { pattern: '[[-a]', text: '_' },
    { pattern: '[é-ü]', text: 'Ö' },
  ];
  const folder = await mkdtemp(path.join(tmpdir(), 'wildcards-'));
  try {
    const file = path.join(folder, 'cases.json');
    await writeFile(file, JSON.stringify(cases));
    const script = `$cases = [System.IO.File]::ReadAllText(${quote(file)}) | ConvertFrom-Json
      $results = foreach ($case in $cases) {
        $match = try { [WildcardPattern]::new($case.pattern, 'IgnoreCase').IsMatch($case.text) } catch { 'invalid' }
        , @($match, [WildcardPattern]::Escape($case.text), [WildcardPattern]::ContainsWildcardCharacters($case.pattern)) }
      [System.IO.File]::WriteAllText(${quote(file)}, (ConvertTo-Json $results -Compress -Depth 3))`;
    await runPowerShell(['-NoProfile', '-Command', script]);
    const own = cases.map(each => [
      verdict(() => new WildcardPattern(each.pattern).isMatch(each.text)),
      WildcardPattern.escape(each.text),
      WildcardPattern.containsWildcards(each.pattern),
    ]);
    const expected = Value.Parse(Verdicts, JSON.parse(await readFile(file, 'utf8')));
    expect(expected).toHaveLength(cases.length);
    const wrong = own.flatMap((result, index) =>
      isDeepStrictEqual(result, expected[index]) ? [] : [{ ...cases[index], result, expected: expected[index] }],
    );
    expect(wrong).toEqual([]);
    expect(own.filter(([match]) => match === true).length).toBeGreaterThan(200);
    expect(own.filter(([match]) => match === 'invalid').length).toBeGreaterThan(200);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a pattern of many stars takes no time that grows with each star', () => {
  expect(new WildcardPattern(`${'*a'.repeat(40)}*b`).isMatch('a'.repeat(5000))).toBe(false);
});
