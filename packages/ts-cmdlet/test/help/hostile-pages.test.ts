import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAboutTopic } from '../../src/help/about-topic.ts';
import { readCommandHelp } from '../../src/help/read-command-help.ts';
import { readModulePage } from '../../src/help/read-module-page.ts';
import { writeCommandHelp } from '../../src/help/write-command-help.ts';
import { writeModulePage } from '../../src/help/write-module-page.ts';
import { escapeInline, writeLink } from '../../src/help/write-text-blocks.ts';
import { comparable, comparableAcrossSchemas, withoutPlace } from './comparable.ts';
import { fragmentPage, spoiledPage } from './hostile-markdown.ts';
import { isAboutTopic, isCommandHelp, isModuleFileInfo } from './model-schema.ts';
import { edited, SAMPLE_PAGE } from './sample-page.ts';

const page = fc.oneof({ arbitrary: spoiledPage, weight: 3 }, fragmentPage);

/** Every `line` of a model. */
function linesOf(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'line' && typeof entry === 'number' ? [entry] : linesOf(entry),
  );
}

describe('whatever a page says', () => {
  test('it is read as a model that fits the schema, or there is an error', () => {
    fc.assert(
      fc.property(page, markdown => {
        const { help, diagnostics } = readCommandHelp(markdown, 'a.md');
        expect(help === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        if (help !== undefined) expect(isCommandHelp(help)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('each finding has a line of the page, a message and what to do', () => {
    fc.assert(
      fc.property(page, markdown => {
        const { help, diagnostics } = readCommandHelp(markdown, 'a.md');
        const last = markdown.split('\n').length;
        for (const line of [...linesOf(help), ...diagnostics.map(found => found.line)]) {
          expect(Number.isInteger(line) && line >= 1 && line <= last, `${line} of ${last}`).toBe(true);
        }
        for (const { message, expected } of diagnostics) expect(message !== '' && expected !== '').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a line added at its top moves every line by one, and changes nothing else', () => {
    fc.assert(
      fc.property(page, markdown => {
        fc.pre(/^---\n[eM](?:.*\n)*---\n/.test(markdown));
        const before = readCommandHelp(markdown, 'a.md');
        const after = readCommandHelp(markdown.replace('---\n', '---\nx-added: 1\n'), 'a.md');
        const moved = before.diagnostics.map(found => ({ ...found, line: found.line === 1 ? 1 : found.line + 1 }));
        const numberless = (text: string) => text.replace(/line \d+/g, 'line');
        expect(after.diagnostics.map(({ line, code }) => [line, code])).toEqual(
          moved.map(({ line, code }) => [line, code]),
        );
        expect(after.diagnostics.map(({ message }) => numberless(message))).toEqual(
          moved.map(({ message }) => numberless(message)),
        );
        expect(linesOf(after.help)).toEqual(linesOf(before.help).map(line => line + 1));
      }),
      { numRuns: 200 },
    );
  });

  test('line ends and a BOM make no difference', () => {
    fc.assert(
      fc.property(page, fc.constantFrom('\r\n', '\r'), fc.constantFrom('', '\ufeff'), (markdown, end, bom) => {
        fc.pre(!markdown.startsWith('\ufeff'));
        expect(readCommandHelp(bom + markdown.replaceAll('\n', end), 'a.md')).toEqual(
          readCommandHelp(markdown, 'a.md'),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('its model is the same when written and read again, in either schema', () => {
    fc.assert(
      fc.property(spoiledPage, markdown => {
        const { help } = readCommandHelp(markdown, 'a.md');
        if (help === undefined) return;
        const again = readCommandHelp(writeCommandHelp(help), 'a.md');
        expect(again.help && comparable(again.help)).toEqual(comparable(help));
        const in2024 = readCommandHelp(writeCommandHelp(help, '2024-05-01'), 'a.md');
        expect(in2024.help && comparableAcrossSchemas(in2024.help)).toEqual(comparableAcrossSchemas(help));
      }),
      { numRuns: 400 },
    );
  });

  test('it is read as a topic or a module page that fits the schema, or there is an error, too', () => {
    fc.assert(
      fc.property(page, markdown => {
        const about = readAboutTopic(markdown, 'about_A.md');
        expect(about.topic === undefined).toBe(about.diagnostics.some(({ severity }) => severity === 'error'));
        if (about.topic !== undefined) expect(isAboutTopic(about.topic)).toBe(true);
        const module = readModulePage(markdown, 'a.md');
        expect(module.page === undefined).toBe(module.diagnostics.some(({ severity }) => severity === 'error'));
        if (module.page === undefined) return;
        expect(isModuleFileInfo(module.page)).toBe(true);
        const again = readModulePage(writeModulePage(module.page), 'a.md');
        expect(withoutPlace(again.page)).toEqual(withoutPlace(module.page));
      }),
      { numRuns: 200 },
    );
  });
});

// What makes parsers backtrack, by the ten thousand, in each part of a page.
const REPEATED = [
  ...[
    '[',
    '](',
    '![',
    '*',
    '*a ',
    '_a_',
    '**a',
    '`',
    '` ``',
    '~a~',
    '<',
    '<a ',
    '<!-- ',
    '<!--',
    '-->',
    '<b>',
    '</div>\n\n',
  ],
  ...[
    '|',
    '|a',
    '|\n|-',
    '- ',
    '- - ',
    '  - ',
    '> ',
    '>',
    '1. ',
    '# a\n',
    '## NOTES\n',
    '### -A\n',
    '&',
    '&#',
    '&amp;',
  ],
  ...[
    '{{',
    '}}',
    ' ',
    '\t',
    '\n',
    '\\',
    '\\\n',
    '  \n',
    'a\n',
    'http://',
    'a@b.',
    '[a]: b\n',
    '[a]: <',
    '[a][b]',
    '[a](b "',
  ],
  ...[
    '```\n',
    '```yaml\nType: x\n```\n',
    '-A <',
    '[-A {',
    '[[-A] <',
    'Get-Thing -A\n',
    'a: b\n',
    'a: [',
    '? ',
    '&a *a ',
  ],
  ...[
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u00a0#',
    '\ud800',
    '(',
    'a, ',
    '---\n',
    '===\n',
    'a\n---\n',
    '*** ',
    '!',
    '|-|-|\n',
    '[[a, Version=1]',
    '\n    - x\n',
    'Type: x\n\n',
    'ByValue,',
    ' - providers',
    '-Verbose ',
  ],
];

test.each(REPEATED.map(text => [text]))('%j again and again is read in bounded time', text => {
  const long = text.repeat(10_000 / text.length);
  const start = performance.now();
  for (const places of [
    ['Gets the things that there are.', '[Set-Thing](Set-Thing.md)', 'Example 1: Get a thing'],
    ['[-Name] <String>', 'Type: Guid', 'Accept pipeline input: False', 'external help file: Sample-Help.xml'],
  ]) {
    readCommandHelp(edited(SAMPLE_PAGE, ...places.map((place): [string, string] => [place, long])), 'a.md');
  }
  expect(performance.now() - start).toBeLessThan(5_000);
});

test.each([
  ['a word in a type', 'Type: Guid', 'a.'],
  ['lists in each other', '### ById\n', '- '],
  ['lists in each other, numbered', '### ById\n', '1. '],
  ['quotes in each other', '### ById\n', '> '],
])('%s takes no more than linear time', (_, place, text) => {
  const time = (length: number) => {
    const page = edited(SAMPLE_PAGE, [place, place.replace(/(?:Guid|### ById\n)$/, text.repeat(length / text.length))]);
    const start = performance.now();
    readCommandHelp(page, 'a.md');
    return performance.now() - start;
  };
  time(1_000);
  // Quadratic time would be a thousand times as long, not thirty.
  expect(time(300_000)).toBeLessThan(200 * Math.max(time(10_000), 10));
});

test('any text, written as Markdown, is read as itself', () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map(text => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .filter(text => text !== '');
  const odd = fc.constantFrom(
    'a\\b',
    'a<b>',
    '&copy;',
    'a b',
    '(a',
    'a)',
    'a"b',
    '#a',
    '[a]',
    '&#65;',
    'a&b=c',
    '\\',
    '<a',
  );
  const uris = fc.oneof(fc.webUrl(), odd, words);
  fc.assert(
    fc.property(words, words, words, uris, (said, title, type, uri) => {
      const { help } = readCommandHelp(
        edited(
          SAMPLE_PAGE,
          ['Gets the things that there are.', escapeInline(said)],
          ['Example 1: Get a thing', escapeInline(`Example ${title}`)],
          ['System.String', escapeInline(`T.${type}`)],
          ['[Set-Thing](Set-Thing.md)', writeLink(`See ${said}`, uri)],
        ),
        'a.md',
      );
      expect(help?.description).toMatchObject([{ kind: 'paragraph', text: said }]);
      expect(help?.examples[0]?.title).toBe(`Example ${title}`);
      expect(help?.inputs[0]?.typename).toBe(`T.${type}`);
      expect(help?.relatedLinks).toEqual([{ linkText: `See ${said}`, uri }]);
    }),
    { numRuns: 300 },
  );
});
