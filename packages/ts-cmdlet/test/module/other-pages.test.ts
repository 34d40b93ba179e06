import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveType } from '../../src/generate/resolve-type.ts';
import type { CommandHelp } from '../../src/help/model.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { type CorpusPage, hasCorpus, repairedCommandPages } from '../help/corpus-pages.ts';
import { edited, SAMPLE_PAGE } from '../help/sample-page.ts';
import { moduleSettings } from '../support/help-models.ts';
import { makeOtherModule, type OtherModule } from './other-module.ts';

// Pages with everything that Markdown has, shown by Get-Help: every word of a section is in the part that is for it, in the
// order of the page, and code keeps its lines. The words are found line by line, without src/help.

const RICH = edited(
  SAMPLE_PAGE,
  [
    'Gets the things that there are.',
    `Gets *all* the **things** that \`there\` are; see [the guide](https://example.com/guide "Guide") and <https://example.com>.
Second line\\
third line with \\*stars\\* &amp; &lt;brackets&gt;.

Second paragraph.

#### A heading

- first item
  goes on
- second item

  with a paragraph

  1. inner one
  2. inner two

7. seven
8. eight

> quoted words
> go on

| Name | Meaning |
| ---- | :-----: |
| One  | \`uno\`   |
| Two  | due     |

\`\`\`json
{
  "a":   [1, 2]
}
\`\`\``,
  ],
  [
    `\`\`\`powershell
PS C:\\> Get-Thing -Name One
\`\`\`

Gets the thing named One.`,
    `Before the first code.

\`\`\`powershell
PS C:\\> Get-Thing -Name One |
>>   Out-Null

PS C:\\> 
\`\`\`

\`\`\`output
Name   Id
----   --
One     1
\`\`\`

After the code:

- a remark

\`\`\`powershell
Get-Thing  -Id  2
\`\`\`

Last words.`,
  ],
  ["The thing's name.", "The thing's name.\n\n- One\n- Two\n\n```text\n*  as  it  is\n```\n\nNo more."],
  ['## NOTES\n', '## NOTES\n\nFirst note.\n\n* starred\n* again\n\nLast note.\n'],
  ['### System.String\n', '### System.String\n\nNames of things.\n\nMore of them.\n'],
  ['### Sample.Thing\n', '### Sample.Thing\n\nA thing.\n\n### System.Int32\n\nA number.\n'],
);

type Page = { file: string; markdown: string; help: CommandHelp };

/** A page as a cmdlet of this test's module: what no module can have is not what is asked here. */
function asPage({ file, markdown }: CorpusPage, index: number): Page {
  const { help } = readCommandHelp(markdown, file);
  if (help === undefined) throw new Error(`${file} has no model.`);
  const parameters = help.parameters.map(parameter => {
    const type = resolveType(parameter);
    return 'unsupported' in type || type.enumName ? { ...parameter, type: 'Object' } : parameter;
  });
  const name = `Test-Page${index}`;
  return {
    file,
    markdown,
    help: { ...help, name, aliases: [], parameters, moduleName: 'Pages', externalHelpFile: 'Pages-Help.xml' },
  };
}

const pages = [
  { file: 'rich.md', markdown: RICH },
  ...(hasCorpus || process.env.CI ? repairedCommandPages().filter(({ file }) => file.startsWith('platyps/')) : []),
].map(asPage);

let module: OtherModule;
let shell: TestShell;
const Told = Type.Record(Type.String(), Type.String());
let told: Record<string, string>[];

beforeAll(async () => {
  module = await makeOtherModule(
    pages.map(({ help }) => help),
    moduleSettings({ name: 'Pages' }),
  );
  shell = await startShell(module.manifest);
  told = await shell.run(
    Told,
    `function Join-Text($Paragraphs) { @(foreach ($p in $Paragraphs) { $p.Text }) -join "\`n" }
    foreach ($i in 0..${pages.length - 1}) {
      $help = Get-Help "Test-Page$i" -Full
      $told = @{ DESCRIPTION = Join-Text $help.description; SYNOPSIS = $help.Synopsis }
      if ($help.PSObject.Properties['alertSet']) { $told['NOTES'] = Join-Text $help.alertSet.alert }
      if ($help.PSObject.Properties['examples'] -and $null -ne $help.examples) {
        $told['EXAMPLES'] = @(foreach ($e in $help.examples.example) { $e.title; Join-Text $e.introduction; $e.code; Join-Text $e.remarks }) -join "\`n"
      }
      foreach ($p in $help.parameters.parameter) { $told["-$($p.name)"] = Join-Text $p.description }
      $told['INPUTS'] = @(foreach ($t in $help.inputTypes.inputType) { $t.type.name; Join-Text $t.description }) -join "\`n"
      $told['OUTPUTS'] = @(foreach ($t in $help.returnValues.returnValue) { $t.type.name; Join-Text $t.description }) -join "\`n"
      $told
    }`,
  );
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

/** The lines of each section, and of each parameter, that are prose or code and no structure of the page's. */
function sectionsOf(markdown: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let section = '';
  let fence = '';
  for (const line of markdown.replace(/^---\n[\s\S]*?\n---\n/, '').split('\n')) {
    const [, mark = '', language = ''] = /^\s*(```+|~~~+)\s*(\w*)/.exec(line) ?? [];
    if (mark !== '') {
      fence = fence === '' ? language || 'text' : '';
    } else if (fence === '' && /^## /.test(line)) {
      section = line.slice(3).trim();
    } else if (fence === '' && section !== 'EXAMPLES' && /^### -/.test(line)) {
      section = line.slice(4).trim();
    } else if (fence === '' && /^### CommonParameters/.test(line)) {
      section = '';
    } else if (fence !== 'yaml' && !(fence === '' && /^[\s|:-]*$/.test(line))) {
      sections.set(section, [...(sections.get(section) ?? []), line]);
    }
  }
  return sections;
}

/** The words of a text: a link's title, a comment, a list's numbers and a table's frame are none. */
function wordsOf(text: string): string[] {
  const plain = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^\s*\d+\. /gm, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, ' ')
    .replace(/(\]\([^)\s]*) "[^"]*"\)/g, '$1)');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const CHECKED = ['SYNOPSIS', 'DESCRIPTION', 'EXAMPLES', 'NOTES', 'INPUTS', 'OUTPUTS'];

describe.each(pages.map(({ file, markdown }, index) => ({ file, markdown, index })))('$file', ({ markdown, index }) => {
  test('every word of a section is told in its part, in its order', () => {
    const sections = sectionsOf(markdown);
    for (const [section, lines] of sections) {
      if (!CHECKED.includes(section) && !section.startsWith('-')) continue;
      const expected = wordsOf(lines.join('\n'));
      const found = wordsOf(told[index]?.[section] ?? '');
      // What Get-Help has no field for follows a parameter's description.
      const compared = section.startsWith('-') ? found.slice(0, expected.length) : found;
      expect({ section, words: compared.join(' ') }).toEqual({ section, words: expected.join(' ') });
    }
  });
});

describe('the rich page', () => {
  const part = (name: string) => (told[0]?.[name] ?? '').replaceAll('\r', '');

  test('keeps the lines of code, the marks of lists and the columns of tables', () => {
    expect(part('EXAMPLES')).toContain('PS C:\\> Get-Thing -Name One |\n>>   Out-Null\n\nPS C:\\> ');
    expect(part('EXAMPLES')).toContain('Name   Id\n----   --\nOne     1');
    expect(part('EXAMPLES')).toContain('Get-Thing  -Id  2');
    for (const lines of [
      '- first item goes on',
      '  1. inner one',
      '7. seven\n8. eight',
      '> quoted words go on',
      'Name  Meaning\n----  -------\nOne   uno\nTwo   due',
      '{\n  "a":   [1, 2]\n}',
      'that there are; see the guide (https://example.com/guide)',
      'third line with *stars* & <brackets>.',
    ]) {
      expect(part('DESCRIPTION')).toContain(lines);
    }
    expect(part('-Name')).toContain('*  as  it  is');
    expect(part('NOTES')).toContain('- starred\n- again');
  });

  test('Get-Help -Full prints all of it', async () => {
    const shown = (await shell.show('Get-Help Test-Page0 -Full')).replace(/\s+/g, '');
    for (const words of [
      'inner two',
      'Second paragraph.',
      'Before the first code.',
      'Last words.',
      'again',
      'More of them.',
      'A number.',
      'No more.',
    ]) {
      expect(shown).toContain(words.replace(/\s+/g, ''));
    }
  });
});

test.skipIf(!hasCorpus && !process.env.CI)('the corpus is there', () => expect(pages).toHaveLength(8));
