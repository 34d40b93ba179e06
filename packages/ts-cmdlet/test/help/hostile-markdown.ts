import fc from 'fast-check';
import { hasCorpus, repairedCommandPages } from './corpus-pages.ts';
import { SAMPLE_PAGE } from './sample-page.ts';

/** Pages to spoil: some of the corpus where it is at hand, none of them long. */
export const PAGES: string[] = [
  SAMPLE_PAGE,
  ...(hasCorpus ? repairedCommandPages() : [])
    .map(({ markdown }) => markdown)
    .filter((markdown, index) => markdown.length < 30_000 && (index % 12 === 0 || markdown.includes('2024-05-01'))),
];

/** What sloppy or hostile pages have: a block or a piece of a line. */
export const FRAGMENTS: string[] = [
  ...['', ' ', '\t', '\ufeff', '\u00a0', '\u2028', '\0', '\u001b[31m', '\ud800', '\udc00x', '🙂', 'Grüße', '日本語'],
  ...[
    '\\',
    '\\[',
    '\\]',
    '\\`',
    '\\<string\\[\\]>',
    '&lt;',
    '&#0;',
    '&nosuch;',
    '{{ Fill }}',
    '{{',
    '<',
    '>',
    '[',
    '](',
  ],
  ...['#', '##', '###', '# Title', '## NOTES', '## SYNTAX', '## Parameters', '## HISTORY', '### -Name', '### Name'],
  ...['#### -Deep', '### CommonParameters', '### Example 9', '###### Six', 'Set\n===', 'Set\n---', '---', '***', '...'],
  ...[
    '```',
    '```yaml',
    '```powershell',
    '~~~',
    '````',
    '``` `',
    '    indented',
    '\tindented',
    '> quote',
    '> ```',
    '- item',
  ],
  ...[
    '1. one',
    '1) one',
    '* * *',
    '- [ ] todo',
    '- - - deep',
    '  - nested',
    '|a|b|\n|-|-|\n|c|d|',
    '|',
    '|-|',
    '<b>bold</b>',
  ],
  ...['<!-- hidden', '-->', '<!-- hidden -->', '<details>', '</details>', '<br/>', '<script>', '<?xml', '<![CDATA['],
  ...[
    '[a](b)',
    '[a](<b c> "t")',
    '[a][b]',
    '[b]: c',
    '![i](j)',
    '<https://example.com>',
    'https://example.com',
    '[](x)',
  ],
  ...['**', '*a*', '__b__', '~~c~~', '`d`', '``', 'a  ', 'a\\', '**[x](y)**', '$(Get-Date)', "'@", '"@', '#>', ']]>'],
  ...[
    'Type: Int32',
    'Aliases: None',
    'Required: True',
    'Position: 0',
    'Parameter Sets: (All)',
    'Default value:',
    ': x',
  ],
  ...[
    'ParameterSets:',
    '- Name: (All)',
    '  IsRequired: true',
    'DefaultValue: [',
    '&a',
    '*a',
    '!!js x',
    '? q',
    '__proto__: 1',
  ],
  ...[
    '-Name <String>',
    '[-Name]',
    '[[-Name] <String[]>]',
    '[<CommonParameters>]',
    '{A | B}',
    'Get-Thing',
    '[-X',
    '-Y <',
  ],
  ...[
    'schema: 2.0.0',
    'PlatyPS schema version: 2024-05-01',
    'Module Name: Other',
    'title: x',
    'constructor',
    'toString',
  ],
];

const fragment = fc.oneof(
  { arbitrary: fc.constantFrom(...FRAGMENTS), weight: 3 },
  fc.string({ unit: 'binary', maxLength: 12 }),
);

type Spoiling = (lines: string[]) => string[];

const place = fc.nat({ max: 1 << 20 });

// Each takes places as numbers of any size, and uses them modulo the length.
const spoiling: fc.Arbitrary<Spoiling> = fc.oneof(
  place.map(
    (at): Spoiling =>
      lines =>
        lines.toSpliced(at % lines.length, 1),
  ),
  place.map(
    (at): Spoiling =>
      lines =>
        lines.toSpliced(at % lines.length, 0, lines[at % lines.length] ?? ''),
  ),
  fc.tuple(place, place).map(
    ([a, b]): Spoiling =>
      lines => {
        const [first, second] = [a % lines.length, b % lines.length];
        return lines.with(first, lines[second] ?? '').with(second, lines[first] ?? '');
      },
  ),
  fc.tuple(place, fc.nat({ max: 60 })).map(
    ([at, count]): Spoiling =>
      lines =>
        lines.toSpliced(at % lines.length, count),
  ),
  fc.tuple(place, fc.array(fragment, { minLength: 1, maxLength: 4 })).map(
    ([at, added]): Spoiling =>
      lines =>
        lines.toSpliced(at % lines.length, 0, ...added),
  ),
  fc.tuple(place, place, fragment).map(
    ([at, column, added]): Spoiling =>
      lines => {
        const line = lines[at % lines.length] ?? '';
        const cut = column % (line.length + 1);
        return lines.with(at % lines.length, line.slice(0, cut) + added + line.slice(cut));
      },
  ),
  fc.tuple(place, place).map(
    ([at, column]): Spoiling =>
      lines => {
        const line = lines[at % lines.length] ?? '';
        return lines.with(at % lines.length, line.slice(0, column % (line.length + 1)));
      },
  ),
);

const truncated = fc.option(place, { freq: 6 });

/** Pages that were good before lines were deleted, repeated, swapped or added, or the end was cut off; line ends `\n`. */
export const spoiledPage: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...PAGES), fc.array(spoiling, { minLength: 1, maxLength: 6 }), truncated)
  .map(([page, spoilings, end]) => {
    const spoiled = spoilings
      .reduce((lines, spoil) => (lines.length === 0 ? [''] : spoil(lines)), page.split('\n'))
      .join('\n');
    const text = spoiled.replace(/\r\n?/g, '\n');
    return end === null ? text : text.slice(0, end % (text.length + 1));
  });

/** Pages made of fragments alone, below front matter or without. */
export const fragmentPage: fc.Arbitrary<string> = fc
  .tuple(fc.boolean(), fc.array(fragment, { maxLength: 40 }))
  .map(([hasFrontMatter, lines]) =>
    [...(hasFrontMatter ? ['---', 'Module Name: Sample', 'schema: 2.0.0', '---', '# Get-Thing'] : []), ...lines]
      .join('\n')
      .replace(/\r\n?/g, '\n'),
  );
