import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Findings, quoted } from './diagnostic.ts';

/** One entry of the front matter; `line` is its line in the file. */
export type FrontMatterEntry = { key: string; value: unknown; line: number };

/** The front matter by lower-cased key, and the Markdown below it. */
export type FrontMatter = {
  /** False where the page has none, which is then reported. */
  isPresent: boolean;
  entries: Map<string, FrontMatterEntry>;
  body: string;
  /** The line in the file on which `body` begins. */
  bodyLine: number;
};

/** What a page without front matter has; `body` is then the whole page. */
export const NO_FRONT_MATTER = { isPresent: false, entries: new Map<string, FrontMatterEntry>(), bodyLine: 1 } as const;

/** Whether a page whose line ends are `\n` begins with front matter. */
export function hasFrontMatter(markdown: string): boolean {
  return typeof findFrontMatter(markdown) === 'object';
}

type Extent = { opening: string; lines: string[]; body: string };

function findFrontMatter(markdown: string): Extent | 'absent' | 'unclosed' {
  const opening = /^(?:[^\S\n]*\n)*---[^\S\n]*(?:\n|$)/.exec(markdown)?.[0];
  if (opening === undefined) return 'absent';
  const closing = /\n---[^\S\n]*(?:\n|$)/g;
  closing.lastIndex = opening.length - 1;
  const close = closing.exec(markdown);
  if (close === null) return 'unclosed';
  const isEmpty = close.index < opening.length;
  return {
    opening,
    lines: isEmpty ? [] : markdown.slice(opening.length, close.index).split('\n'),
    body: markdown.slice(closing.lastIndex),
  };
}

/**
 * Reads the front matter of a page whose line ends are `\n`.
 *
 * It is YAML with every scalar kept as text (a date or a version stays as written). PlatyPS 0.14 writes values
 * unquoted, so that what is no YAML is read line by line as `key: value`, as PlatyPS does. Keys are
 * case-insensitive there, and are here.
 */
export function readFrontMatter(markdown: string, findings: Findings): FrontMatter {
  const found = findFrontMatter(markdown);
  if (typeof found === 'string') {
    findings.add(
      'front-matter-missing',
      1,
      found === 'unclosed' ? 'The front matter has no closing `---` line' : 'The page does not begin with front matter',
      'Begin the page with a `---` line, `key: value` lines with `Module Name` and `schema: 2.0.0` or `PlatyPS schema version: 2024-05-01`, and a `---` line',
    );
    return { ...NO_FRONT_MATTER, body: markdown };
  }
  const { opening, lines, body } = found;
  const firstLine = opening.split('\n').length;
  return {
    isPresent: true,
    entries: byKey(
      readPlainLines(lines, firstLine) ??
        readYaml(lines.join('\n'), firstLine) ??
        readLines(lines, firstLine, findings),
      findings,
    ),
    body,
    bodyLine: firstLine + lines.length + 1,
  };
}

/** The text of an entry, or undefined where it is absent, empty or no text. */
export function frontMatterText(frontMatter: FrontMatter, key: string): string | undefined {
  const value = frontMatter.entries.get(key.toLowerCase())?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

// Nearly all front matter: lines whose value is one plain scalar, or a list of plain words, which a YAML parser reads the
// same but slowly.
function readPlainLines(lines: string[], firstLine: number): FrontMatterEntry[] | undefined {
  const entries: FrontMatterEntry[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [, item] = PLAIN_ITEM.exec(line) ?? [];
    const last = entries.at(-1);
    if (item !== undefined && last !== undefined && (last.value === '' || Array.isArray(last.value))) {
      last.value = [...(Array.isArray(last.value) ? last.value : []), item];
      continue;
    }
    const [, key, value = ''] = PLAIN_LINE.exec(line) ?? [];
    if (key === undefined || value.includes(': ') || value.includes(' #') || value.endsWith(':')) return undefined;
    entries.push({ key, value: value.trimEnd(), line: firstLine + index });
  }
  return entries;
}

const PLAIN_ITEM = /^ {2}- ([A-Za-z][\w.-]*)$/;

const PLAIN_LINE = /^([A-Za-z](?:[\w.-]| (?=[\w.-]))*):(?: +([\w/.(][ -~]*)?)?$/;

function readYaml(text: string, firstLine: number): FrontMatterEntry[] | undefined {
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, {
      ...{ schema: 'failsafe', uniqueKeys: false, lineCounter, logLevel: 'silent' },
      // A pretty error holds its line: of a long line with many errors, that takes quadratic time.
      prettyErrors: false,
    });
    if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
    const value: unknown = document.toJS({ mapAsMap: true });
    if (!(value instanceof Map)) return undefined;
    const entries: FrontMatterEntry[] = [];
    for (const { key, value: node } of document.contents.items) {
      if (!isScalar(key) || typeof key.value !== 'string') return undefined;
      const line = firstLine + lineCounter.linePos(key.range?.[0] ?? 0).line - 1;
      entries.push({ key: key.value.trim(), value: templateText(node, text) ?? plain(value.get(key.value)), line });
    }
    // `toJS` keeps the last of two equal keys, and would hide that there are two.
    return hasRepeatedKey(text) ? undefined : entries;
  } catch {
    // Nesting that is too deep, or aliases that would take all memory: the lines are read one by one.
    return undefined;
  }
}

// What PlatyPS leaves to be filled in, `{{ Update Module Guid }}`, happens to be YAML.
function templateText(node: unknown, text: string): string | undefined {
  if (!isMap(node) || node.range === undefined || node.range === null) return undefined;
  const source = text.slice(node.range[0], node.range[1]);
  return source.startsWith('{{') ? source : undefined;
}

function readLines(lines: string[], firstLine: number, findings: Findings): FrontMatterEntry[] {
  const entries: FrontMatterEntry[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const last = entries.at(-1);
    const item = /^\s*- (.*)$/.exec(line)?.[1];
    if (item !== undefined && last !== undefined && (last.value === '' || Array.isArray(last.value))) {
      last.value = [...(Array.isArray(last.value) ? last.value : []), unquote(item.trim())];
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) {
      findings.add(
        'front-matter-invalid',
        firstLine + index,
        `The front matter has the line ${quoted(line)}, which is no \`key: value\` and is left out`,
        'Write each line as `key: value`, or the whole as YAML',
        { members: ['metadata'] },
      );
      continue;
    }
    entries.push({
      key: line.slice(0, colon).trim(),
      value: unquote(line.slice(colon + 1).trim()),
      line: firstLine + index,
    });
  }
  return entries;
}

function byKey(entries: FrontMatterEntry[], findings: Findings): Map<string, FrontMatterEntry> {
  const map = new Map<string, FrontMatterEntry>();
  for (const entry of entries) {
    const known = map.get(entry.key.toLowerCase());
    if (known !== undefined && known.value !== entry.value) {
      findings.add(
        'front-matter-duplicate-key',
        entry.line,
        `The key ${quoted(entry.key)} stands in line ${known.line} already, with another value, which is taken`,
        'Leave one of the two',
        { members: [MEMBERS_OF_KEY[entry.key.toLowerCase()] ?? 'metadata'] },
      );
    }
    if (known === undefined) map.set(entry.key.toLowerCase(), entry);
  }
  return map;
}

const MEMBERS_OF_KEY: Record<string, string> = {
  'module name': 'moduleName',
  'external help file': 'externalHelpFile',
  'online version': 'onlineVersionUrl',
  helpuri: 'onlineVersionUrl',
  locale: 'locale',
  schema: 'schemaVersion',
  'platyps schema version': 'schemaVersion',
};

function hasRepeatedKey(text: string): boolean {
  const keys = text.split('\n').flatMap(line => /^([^\s:#][^:]*):/.exec(line)?.[1]?.trim().toLowerCase() ?? []);
  return new Set(keys).size < keys.length;
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}

// Plain values, so that the model can be compared and serialised.
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [String(key), plain(entry)]));
  if (Array.isArray(value)) return value.map(plain);
  return value ?? '';
}
