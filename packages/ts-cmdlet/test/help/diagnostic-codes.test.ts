import { describe, expect, test } from 'vitest';
import { DIAGNOSTIC_CODES, type DiagnosticCode } from '../../src/help/diagnostic-codes.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { DIAGNOSTIC_CASES } from './diagnostic-cases.ts';
import { edited, SAMPLE_PAGE as page } from './sample-page.ts';

// These are of a folder or a module's page: read-help-folder.test.ts has them.
const OF_FOLDERS: DiagnosticCode[] = [
  ...(['command-duplicate', 'encoding-unknown', 'folder-without-help', 'module-page-command'] as const),
  ...(['page-not-help', 'module-page-repeated', 'module-page-value'] as const),
];

test('the sample page has no findings', () => {
  expect(readCommandHelp(page, 'sample.md').diagnostics).toEqual([]);
});

test('every code has a page that is found out', () => {
  expect(Object.keys(DIAGNOSTIC_CASES).concat(OF_FOLDERS).sort()).toEqual(Object.keys(DIAGNOSTIC_CODES).sort());
});

describe.each(Object.entries(DIAGNOSTIC_CASES))('%s', (code, cases) => {
  test.each(cases.map((one, index) => [index + 1, one] as const))('case %i', (_, { edits, at }) => {
    const markdown = edited(page, ...edits);
    const { help, diagnostics } = readCommandHelp(markdown, 'folder/sample.md');
    const found = diagnostics.filter(diagnostic => diagnostic.code === code);
    expect(found, `findings: ${diagnostics.map(diagnostic => diagnostic.code).join(', ')}`).not.toEqual([]);
    const line = lineOf(markdown, at);
    expect(found[0]).toMatchObject({ file: 'folder/sample.md', ...(line > 0 ? { line } : {}) });
    expect(found[0]?.message.length).toBeGreaterThan(10);
    expect(found[0]?.expected.length).toBeGreaterThan(10);
    const isError = diagnostics.some(({ severity }) => severity === 'error');
    expect(help === undefined).toBe(isError);
  });
});

// The line that is the text, begins with it or has it; `yaml(Id)` is the fence of -Id's block.
function lineOf(markdown: string, at: string): number {
  if (at === '') return 0;
  const lines = markdown.split('\n');
  if (at === 'yaml(Id)') return lines.indexOf('```yaml', lines.indexOf('### -Id')) + 1;
  const starting = lines.includes(at) ? lines.indexOf(at) : lines.findIndex(line => line.startsWith(at));
  return (starting >= 0 ? starting : lines.findIndex(line => line.includes(at))) + 1;
}
