import { expect, test } from 'vitest';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { readModulePage } from '../../src/help/read-module-page.ts';
import { writeModulePage } from '../../src/help/write-module-page.ts';
import { withoutPlace } from './comparable.ts';
import { edited } from './sample-page.ts';

const PAGE_200 = `---
Module Name: Sample
Module Guid: 12345678-9abc-def0-1234-56789abcdef0
Download Help Link: https://example.com/help
Help Version: 1.2.0.0
Locale: en-US
ms.date: 05/20/2024
---

# Sample Module

## Description
Things, and *more*.

### Within the description
- a list

## Sample Cmdlets

### [Get-Thing](Get-Thing.md)
Gets things.

\`\`\`powershell
Get-Thing
\`\`\`

### Set-Thing

## Old Cmdlets

### [Remove-Thing](<Remove Thing.md>)
Removes.
`;

const PAGE_2024 = edited(
  PAGE_200,
  ['Download Help Link:', 'HelpInfoUri:'],
  ['ms.date:', 'document type: module\nPlatyPS schema version: 2024-05-01\nms.date:'],
);

const text = (words: string) => ({ kind: 'paragraph', markdown: words, text: words });

test.each([
  ['2.0.0', PAGE_200, {}, { 'ms.date': '05/20/2024' }],
  ['2024-05-01', PAGE_2024, { schemaVersion: '2024-05-01' }, { 'document type': 'module', 'ms.date': '05/20/2024' }],
])('a page of schema %s is read whole, and the same when written and read again', (_, markdown, schema, metadata) => {
  const { page, diagnostics } = readModulePage(markdown, 'Sample.md');
  expect(diagnostics).toEqual([]);
  const first = markdown.split('\n').indexOf('### [Get-Thing](Get-Thing.md)') + 1;
  expect(page).toEqual({
    file: 'Sample.md',
    ...schema,
    moduleName: 'Sample',
    moduleGuid: '12345678-9abc-def0-1234-56789abcdef0',
    helpVersion: '1.2.0.0',
    helpInfoUri: 'https://example.com/help',
    locale: 'en-US',
    metadata,
    title: 'Sample Module',
    description: [
      { kind: 'paragraph', markdown: 'Things, and *more*.', text: 'Things, and more.' },
      { kind: 'heading', level: 3, markdown: 'Within the description', text: 'Within the description' },
      { kind: 'list', ordered: false, start: 1, items: [[text('a list')]] },
    ],
    commandGroups: [
      {
        groupTitle: 'Sample Cmdlets',
        commands: [
          {
            name: 'Get-Thing',
            link: 'Get-Thing.md',
            description: [text('Gets things.'), { kind: 'code', language: 'powershell', text: 'Get-Thing' }],
            line: first,
          },
          { name: 'Set-Thing', link: '', description: [], line: first + 7 },
        ],
      },
      {
        groupTitle: 'Old Cmdlets',
        commands: [
          { name: 'Remove-Thing', link: 'Remove Thing.md', description: [text('Removes.')], line: first + 11 },
        ],
      },
    ],
  });
  const again = page && readModulePage(writeModulePage(page), 'Sample.md');
  expect(again?.diagnostics).toEqual([]);
  expect(withoutPlace(again?.page)).toEqual(withoutPlace(page));
});

test.each<[change: string, edits: [from: string, to: string][], at: string, code: string]>([
  ['no front matter', [['---\n', '']], 'Module Name', 'front-matter-missing'],
  ['no module name', [['Module Name: Sample\n', '']], '---', 'module-name-missing'],
  ['an unknown schema', [['Locale:', 'schema: 1.0\nLocale:']], 'schema: 1.0', 'schema-unknown'],
  ['a GUID that is none', [['12345678-', '']], 'Module Guid', 'module-page-value'],
  ['a version that is none', [['1.2.0.0', '1.2 beta']], 'Help Version', 'module-page-value'],
  ['an address that is none', [['https://example.com/help', 'none']], 'Download Help', 'module-page-value'],
  ['a text left to fill in', [['1.2.0.0', '{{ Please enter version }}']], 'Help Version', 'placeholder-text'],
  ['a list for a text', [['en-US', '[en-US, de-DE]']], 'Locale', 'front-matter-not-carried'],
  ['no title', [['# Sample Module\n', '']], '## Description', 'heading-doubtful'],
  ['a second title', [['## Old Cmdlets', '# Old Cmdlets']], '# Old Cmdlets', 'title-repeated'],
  ['text below the title', [['# Sample Module\n', '# Sample Module\nHello.\n']], 'Hello.', 'text-not-carried'],
  ['text above the commands', [['## Old Cmdlets\n', '## Old Cmdlets\nHello.\n']], 'Hello.', 'text-not-carried'],
  ['an empty group', [['## Old Cmdlets', '##']], '##', 'heading-doubtful'],
  ['an empty command', [['### Set-Thing', '###\nHello.']], 'Hello.', 'text-not-carried'],
  ['two links', [['### Set-Thing', '### [A](a.md) [B](b.md)']], '### [A]', 'text-not-carried'],
])('%s is found out', (_, edits, at, code) => {
  const markdown = edited(PAGE_200, ...edits);
  const { diagnostics } = readModulePage(markdown, 'Sample.md');
  const lines = markdown.split('\n');
  const line = (lines.includes(at) ? lines.indexOf(at) : lines.findIndex(one => one.startsWith(at))) + 1;
  expect(diagnostics.map(found => `${found.line} ${found.code}`)).toContain(`${line} ${code}`);
});

test('read as help of a command, a module page is refused with one error', () => {
  for (const markdown of [PAGE_200, PAGE_2024]) {
    const { help, diagnostics } = readCommandHelp(markdown, 'Sample.md');
    expect(help).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['document-type']);
  }
});
