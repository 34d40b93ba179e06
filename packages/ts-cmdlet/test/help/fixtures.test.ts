import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { comparable } from './comparable.ts';

// A page `x.md`, and in `x.json` what it is read as: every finding as `line severity code`, and the parts of the model
// that the page is about. Both are written by hand from the schemas; a new case is a new pair.
const folder = path.join(import.meta.dirname, 'fixtures');
const names = readdirSync(folder).flatMap(name => (name.endsWith('.md') ? [name.slice(0, -3)] : []));

describe.each(names)('%s', name => {
  const markdown = readFileSync(path.join(folder, `${name}.md`), 'utf8');
  const expected: { diagnostics: string[]; help?: Record<string, unknown> } = JSON.parse(
    readFileSync(path.join(folder, `${name}.json`), 'utf8'),
  );

  test.each([
    ['as it is', markdown],
    ['with a BOM and CRLF', `\ufeff${markdown.replaceAll('\n', '\r\n')}`],
    ['with CR alone', markdown.replaceAll('\n', '\r')],
  ])('%s', (_, page) => {
    const { help, diagnostics } = readCommandHelp(page, `${name}.md`);
    expect(diagnostics.map(({ line, severity, code }) => `${line} ${severity} ${code}`)).toEqual(expected.diagnostics);
    if (expected.help === undefined) expect(help).toBeUndefined();
    else expect(help).toMatchObject({ file: `${name}.md`, ...expected.help });
  });

  test('written and read again', () => {
    const { help } = readCommandHelp(markdown, `${name}.md`);
    if (help === undefined) return;
    const again = readCommandHelp(writeCommandHelp(help), `${name}.md`);
    expect(again.help && comparable(again.help)).toEqual(comparable(help));
  });
});
