import { expect, test } from 'vitest';
import { Findings, formatDiagnostic, HelpError } from '../../src/help/diagnostic.ts';

const diagnostic = {
  severity: 'error',
  code: 'schema-unknown',
  file: 'help/Get-Thing.md',
  line: 3,
  message: 'The front matter names no schema',
  expected: 'Write `schema: 2.0.0`',
} as const;

test('a finding is one line that an editor can follow', () => {
  expect(formatDiagnostic(diagnostic)).toBe(
    'help/Get-Thing.md:3: error schema-unknown: The front matter names no schema. Write `schema: 2.0.0`.',
  );
});

test('a page cannot forge a second line, nor colours', () => {
  const text = formatDiagnostic({ ...diagnostic, message: 'a\nb\u001b[31mc\u2028d\u0085e' });
  expect(text).toContain('a b [31mc d e');
  for (const character of ['\n', '\u001b', '\u2028', '\u0085']) expect(text).not.toContain(character);
});

test('the error holds every finding', () => {
  const error = new HelpError([diagnostic, { ...diagnostic, line: 9 }]);
  expect(error.diagnostics).toHaveLength(2);
  expect(error.message.split('\n')).toHaveLength(2);
  expect(error.name).toBe('HelpError');
});

test('severity comes from the table, and the order from the lines', () => {
  const findings = new Findings('a.md');
  findings.add('text-not-carried', 9, 'x', 'y');
  expect(findings.hasErrors).toBe(false);
  findings.add('syntax-missing', 2, 'x', 'y');
  expect(findings.hasErrors).toBe(true);
  expect(findings.sorted().map(({ line, severity }) => [line, severity])).toEqual([
    [2, 'error'],
    [9, 'warning'],
  ]);
});
