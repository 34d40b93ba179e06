import { expect, test } from 'vitest';
import { Findings } from '../../src/help/diagnostic.ts';
import { frontMatterText, readFrontMatter } from '../../src/help/front-matter.ts';

function read(markdown: string) {
  const findings = new Findings('page.md');
  const frontMatter = readFrontMatter(markdown, findings);
  return { frontMatter, codes: findings.diagnostics.map(({ code, line }) => `${line} ${code}`) };
}

test('scalars stay as they are written', () => {
  const { frontMatter, codes } = read(
    '---\nms.date: 05/20/2024\nHelp Version: 2.0\nLocale: "en-US"\nHelpUri:\nx: true\n---\nText\n',
  );
  expect(codes).toEqual([]);
  expect([...frontMatter.entries.values()].map(({ key, value, line }) => [key, value, line])).toEqual([
    ['ms.date', '05/20/2024', 2],
    ['Help Version', '2.0', 3],
    ['Locale', 'en-US', 4],
    ['HelpUri', '', 5],
    ['x', 'true', 6],
  ]);
  expect(frontMatter).toMatchObject({ body: 'Text\n', bodyLine: 8 });
});

test('lists and mappings of other tools are carried', () => {
  const { frontMatter } = read('---\naliases:\n- a\n- b\nowner:\n  name: me\n---\n');
  expect(frontMatter.entries.get('aliases')?.value).toEqual(['a', 'b']);
  expect(frontMatter.entries.get('owner')?.value).toEqual({ name: 'me' });
});

// PlatyPS 0.14 writes values without quotes, whatever they are.
test('a list of plain words is what it is in quotes, and goes on where a YAML list does', () => {
  const entries = (item: string) =>
    read(`---\naliases:\n  - gc\n  - ${item}\ntitle: Get-Content\n---\n`).frontMatter.entries;
  expect(entries('type')).toEqual(entries('"type"'));
  expect(entries('type').get('aliases')).toEqual({ key: 'aliases', value: ['gc', 'type'], line: 2 });
  expect(entries('type\n    more').get('aliases')?.value).toEqual(['gc', 'type more']);
});

test('what is no YAML is read line by line', () => {
  const { frontMatter, codes } = read("---\ntitle: a: b\nx: *y\nz: [q\n# note\nw: 'v'\n---\n");
  expect(codes).toEqual([]);
  expect(['title', 'x', 'z', 'w'].map(key => frontMatterText(frontMatter, key))).toEqual(['a: b', '*y', '[q', 'v']);
});

test('what an author was meant to fill in is text, though it is YAML', () => {
  const { frontMatter } = read('---\nModule Guid: {{ Update Module Guid }}\nowner: { name: me }\n---\n');
  expect(frontMatterText(frontMatter, 'Module Guid')).toBe('{{ Update Module Guid }}');
  expect(frontMatter.entries.get('owner')?.value).toEqual({ name: 'me' });
});

test('a key within a value does not change the line of its like outside', () => {
  const { frontMatter } = read('---\nschema: 2.0.0\nowner:\n  schema: x\n---\n');
  expect(frontMatter.entries.get('schema')).toEqual({ key: 'schema', value: '2.0.0', line: 2 });
});

test('a list that is no YAML is a list', () => {
  const { frontMatter, codes } = read('---\nschema: 2.0.0\naliases:\n  - %\n- foreach\ntitle: ForEach-Object\n---\n');
  expect(codes).toEqual([]);
  expect(frontMatter.entries.get('aliases')?.value).toEqual(['%', 'foreach']);
  expect(read('---\na: b\n- c\n---\n').codes).toEqual(['3 front-matter-invalid']);
});

test('keys are the same in any case, and two values for one are an error', () => {
  expect(frontMatterText(read('---\nmodule name: M\n---\n').frontMatter, 'Module Name')).toBe('M');
  expect(read('---\nmodule name: M\nModule Name: N\n---\n').codes).toEqual(['3 front-matter-duplicate-key']);
  expect(read('---\nmodule name: M\nModule Name: M\n---\n').codes).toEqual([]);
});

test('a key cannot reach the prototype', () => {
  const { frontMatter } = read('---\n__proto__: x\nconstructor:\n  __proto__: y\n---\n');
  expect(frontMatter.entries.get('__proto__')?.value).toBe('x');
  expect(Object.getPrototypeOf(frontMatter.entries.get('constructor')?.value)).toBe(Object.prototype);
});

test('empty front matter is front matter', () => {
  const { frontMatter, codes } = read('---\n---\nText\n');
  expect(codes).toEqual([]);
  expect(frontMatter).toMatchObject({ isPresent: true, body: 'Text\n', bodyLine: 3 });
});

test.each([
  ['', '1 front-matter-missing'],
  ['# Title\n', '1 front-matter-missing'],
  ['---\na: b\n', '1 front-matter-missing'],
  ['---\na: b\nno colon: here\nnone\n---\n', '4 front-matter-invalid'],
])('%j', (markdown, code) => {
  expect(read(markdown).codes).toEqual([code]);
});

test('an alias bomb or a deep nest ends', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `k${i}: &k${i} [*a,*a,*a,*a,*a,*a]`).join('\n')}`;
  const deep = `d: ${'['.repeat(50_000)}`;
  for (const text of [bomb, deep]) expect(() => read(`---\n${text}\n---\n`)).not.toThrow();
});
