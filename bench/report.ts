import type { Row } from './row.ts';
import type { Summary } from './statistics.ts';

/** Writes a row as lines of text for the screen. */
export function describeRow(row: Row): string {
  if ('skipped' in row) return `${row.what}\n    skipped: ${row.skipped}`;
  const { unit, comparison, value, limit } = row;
  const shown =
    comparison === 'ratio' ? `${round(value)}×` : `${value < 0 ? '−' : '+'}${round(Math.abs(value))} ${unit}`;
  const most = comparison === 'ratio' ? `${round(limit)}×` : `+${round(limit)} ${unit}`;
  return [
    row.what,
    `    ${describeSummary(row.subject, unit)}`,
    `    ${describeSummary(row.yardstickSummary, unit)}  ${row.yardstick}`,
    `    ${shown}, at most ${most}: ${row.reached ? 'reached' : 'NOT REACHED'}`,
    ...row.checks.map(({ what, holds }) => `    ${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}`),
    ...row.notes.map(note => `    ${note}`),
  ].join('\n');
}

/** A table of all rows in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(row => {
    if ('skipped' in row) return [row.what, row.yardstick, '', '', '', `skipped: ${row.skipped}`];
    const { unit, comparison, value, limit } = row;
    const suffix = comparison === 'ratio' ? '×' : ` ${unit}`;
    const sign = comparison === 'ratio' || value < 0 ? '' : '+';
    const subject = describeSummary(row.subject, unit);
    const yardstick = `${describeSummary(row.yardstickSummary, unit)}: ${row.yardstick}`;
    const isReached = row.reached ? 'yes' : '**no**';
    return [row.what, subject, yardstick, `${sign}${round(value)}${suffix}`, `${round(limit)}${suffix}`, isReached];
  });
  const head = ['what', 'measured', 'yardstick', 'comparison', 'at most', 'reached'];
  return [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** The median with the quartiles beside it. */
function describeSummary({ median, quartiles }: Summary, unit: string): string {
  return `${round(median)} ${unit} (${quartiles.map(round).join('–')})`;
}

/** To what is worth reading: three digits. */
function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
