import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HelpFolder, readHelpFolder } from '../../src/help/read-help-folder.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

const MODULE_PAGE = `---
Module Name: Sample
Module Guid: 12345678-9abc-def0-1234-56789abcdef0
Help Version: 1.2
Locale: en-US
---

# Sample Module
## Description
Things.

## Sample Cmdlets
### [Get-Thing](Get-Thing.md)
Gets things.
`;

const ABOUT_PAGE = `# about_Things

## Short description
What a thing is.
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'help-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(pages: Record<string, string | Uint8Array>): Promise<HelpFolder & { found: string[] }> {
  for (const [name, text] of Object.entries(pages)) await writeFile(path.join(folder, name), text);
  const result = await readHelpFolder(folder);
  const found = result.diagnostics.map(({ file, line, code }) => `${path.basename(file)}:${line} ${code}`);
  return { ...result, found };
}

test('commands, the module page and topics are told apart; other files and folders are left alone', async () => {
  await mkdir(path.join(folder, 'old.md'));
  const { helps, modulePages, aboutTopics, found } = await read({
    'Sample.md': MODULE_PAGE,
    'Get-Thing.md': SAMPLE_PAGE,
    'about_Things.md': ABOUT_PAGE,
    LICENSE: 'Free.',
    'notes.txt': 'Later.',
  });
  expect(found).toEqual([]);
  expect(helps.map(({ name }) => name)).toEqual(['Get-Thing']);
  expect(modulePages.map(({ moduleName }) => moduleName)).toEqual(['Sample']);
  expect(aboutTopics.map(({ name }) => name)).toEqual(['about_Things']);
});

test('pages come in the order of their names, whatever the case', async () => {
  const page = (name: string) => SAMPLE_PAGE.replaceAll('Get-Thing', name);
  const { helps } = await read({ 'b.md': page('Get-B'), 'C.MD': page('Get-C'), 'a.md': page('Get-A') });
  expect(helps.map(({ name }) => name)).toEqual(['Get-C', 'Get-A', 'Get-B']);
});

test('two pages of one command are an error, at the second', async () => {
  const { found } = await read({ 'a.md': SAMPLE_PAGE, 'b.md': SAMPLE_PAGE.replaceAll('Get-Thing', 'get-thing') });
  expect(found).toEqual(['b.md:1 command-duplicate']);
});

test('a folder without a page of a command is an error, even with a module page in it', async () => {
  const { found } = await read({ 'Sample.md': MODULE_PAGE });
  expect(found).toEqual([`${path.basename(folder)}:1 folder-without-help`, 'Sample.md:13 module-page-command']);
});

test('a faulty page leaves the others to be read, and nothing is concluded from its absence', async () => {
  const { helps, found } = await read({
    'Sample.md': edited(MODULE_PAGE, ['Gets things.\n', 'Gets things.\n### [Set-Thing](Set-Thing.md)\n']),
    'Get-Thing.md': SAMPLE_PAGE,
    'Set-Thing.md': edited(SAMPLE_PAGE.replaceAll('Get-Thing', 'Set-Thing'), ['## SYNTAX', '## HISTORY']),
  });
  expect(helps.map(({ name }) => name)).toEqual(['Get-Thing']);
  expect(found.filter(each => !/section-unknown/.test(each))).toEqual(['Set-Thing.md:8 section-missing']);
});

test('a list of commands that is not that of the pages is found out, both ways', async () => {
  const { found } = await read({
    'Sample.md': edited(MODULE_PAGE, ['[Get-Thing](Get-Thing.md)', '[Get-Nothing](Get-Nothing.md)']),
    'Get-Thing.md': SAMPLE_PAGE,
  });
  expect(found).toEqual(['Sample.md:13 module-page-command', 'Sample.md:1 module-page-command']);
});

test('a module page may list another module alone', async () => {
  const other = edited(
    MODULE_PAGE,
    ['Module Name: Sample', 'Module Name: Other'],
    [' [Get-Thing](Get-Thing.md)', ' A'],
  );
  const { found } = await read({
    'Other.md': edited(other, ['### A\nGets things.\n', '']),
    'Get-Thing.md': SAMPLE_PAGE,
  });
  expect(found).toEqual([]);
});

test('two pages of one module are found out', async () => {
  const { found } = await read({ 'A.md': MODULE_PAGE, 'B.md': MODULE_PAGE, 'Get-Thing.md': SAMPLE_PAGE });
  expect(found).toEqual(['B.md:1 module-page-repeated']);
});

// Windows PowerShell's `>` and Out-File write UTF-16 with a BOM.
test.each([
  ['UTF-8 with a BOM', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8')],
  ['UTF-16 with a BOM', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first, with a BOM', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('%s is read', async (_, encode) => {
  const { helps, found } = await read({ 'a.md': encode(edited(SAMPLE_PAGE, ['Gets things.', 'Größe, 大きさ'])) });
  expect(found).toEqual([]);
  expect(helps[0]?.synopsis).toMatchObject([{ text: 'Größe, 大きさ' }]);
});

test('a file in another encoding is an error, at its first such line', async () => {
  const page = edited(SAMPLE_PAGE, ['Gets things.', 'Gets gr\u00f6\u00dfe.']);
  const { found } = await read({ 'a.md': Buffer.from(page, 'latin1') });
  expect(found).toEqual(['a.md:11 encoding-unknown']);
});

test('a folder that is not there rejects', async () => {
  await expect(readHelpFolder(path.join(folder, 'nowhere'))).rejects.toThrow(/ENOENT/);
});

test('an index or a README beside the pages is left out with one warning; an empty page of a command is an error', async () => {
  const { helps, found } = await read({
    'Get-Thing.md': SAMPLE_PAGE,
    'index.md': '---\nlayout: docs\n---\n# Commands of the module\n\nThese are the commands.\n',
    'README.md': '# Sample\n',
    'Set-Thing.md': '# Set-Thing\n',
  });
  expect(helps.map(({ name }) => name)).toEqual(['Get-Thing']);
  expect(found.filter(each => !each.startsWith('Set-Thing.md'))).toEqual([
    'README.md:1 page-not-help',
    'index.md:1 page-not-help',
  ]);
  expect(found).toContain('Set-Thing.md:1 section-missing');
});

test('topics in a folder About are topics of the module', async () => {
  await mkdir(path.join(folder, 'About'));
  const { aboutTopics, found } = await read({
    'Get-Thing.md': SAMPLE_PAGE,
    'About/about_Sample.md': '# about_Sample\n\n## SHORT DESCRIPTION\nAbout it.\n\n## LONG DESCRIPTION\nText.\n',
  });
  expect(found).toEqual([]);
  expect(aboutTopics.map(({ name }) => name)).toEqual(['about_Sample']);
});

test('names of modules are compared without case', async () => {
  const { found } = await read({
    'Sample.md': MODULE_PAGE,
    'Get-Thing.md': edited(SAMPLE_PAGE, ['Module Name: Sample', 'Module Name: sample']),
  });
  expect(found).toEqual([]);
});
