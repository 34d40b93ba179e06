import { parseDocument } from 'yaml';
import { type Findings, quoted } from './diagnostic.ts';

/** One entry of the front matter; `line` is its line in the file. */
export type FrontMatterEntry = { key: string; value: unknown; line: number };

/** The front matter by lower-cased key, and the Markdown below it. */
export type FrontMatter = {
  entries: Map<string, FrontMatterEntry>;
  body: string;
  /** The line in the file on which `body` begins. */
  bodyLine: number;
};

/**
 * Reads the front matter of a page whose line ends are `\n`.
 *
 * It is YAML with every scalar kept as text (a date or a version stays as written). PlatyPS 0.14 writes values
 * unquoted, so that what is no YAML is read line by line as `key: value`, as PlatyPS does. Keys are
 * case-insensitive there, and are here.
 */
export function readFrontMatter(markdown: string, findings: Findings): FrontMatter {
  const lines = markdown.split('\n');
  const open = lines.findIndex(line => line.trim() !== '');
  const close = open < 0 ? -1 : lines.findIndex((line, index) => index > open && /^---\s*$/.test(line));
  if (open < 0 || !/^---\s*$/.test(lines[open] ?? '') || close < 0) {
    findings.add(
      'front-matter-missing',
      1,
      open >= 0 && close < 0 && /^---\s*$/.test(lines[open] ?? '')
        ? 'The front matter has no closing `---` line'
        : 'The page does not begin with front matter',
      'Begin the page with a `---` line, `key: value` lines with `Module Name` and `schema: 2.0.0` or `PlatyPS schema version: 2024-05-01`, and a `---` line',
    );
    return { entries: new Map(), body: markdown, bodyLine: 1 };
  }
  const yaml = lines.slice(open + 1, close);
  const firstLine = open + 2;
  return {
    entries: byKey(readYaml(yaml.join('\n'), firstLine) ?? readLines(yaml, firstLine, findings), findings),
    body: lines.slice(close + 1).join('\n'),
    bodyLine: close + 2,
  };
}

/** The text of an entry, or undefined where it is absent, empty or no text. */
export function frontMatterText(frontMatter: FrontMatter, key: string): string | undefined {
  const value = frontMatter.entries.get(key.toLowerCase())?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function readYaml(text: string, firstLine: number): FrontMatterEntry[] | undefined {
  try {
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ mapAsMap: true });
    if (!(value instanceof Map)) return undefined;
    const keyLines = new Map(text.split('\n').map((line, index) => [line.split(':', 1)[0]?.trim(), firstLine + index]));
    const entries: FrontMatterEntry[] = [];
    for (const [key, entry] of value) {
      if (typeof key !== 'string') return undefined;
      entries.push({ key, value: plain(entry), line: keyLines.get(key) ?? firstLine });
    }
    // `toJS` keeps the last of two equal keys, and would hide that there are two.
    return hasRepeatedKey(text) ? undefined : entries;
  } catch {
    return undefined;
  }
}

function readLines(lines: string[], firstLine: number, findings: Findings): FrontMatterEntry[] {
  const entries: FrontMatterEntry[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const colon = line.indexOf(':');
    if (colon <= 0) {
      findings.add(
        'front-matter-invalid',
        firstLine + index,
        `The front matter has the line ${quoted(line)}`,
        'Write each line as `key: value`, or the whole as YAML',
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
        `The key ${quoted(entry.key)} stands in line ${known.line} too, with another value`,
        'Leave one of the two',
      );
    }
    map.set(entry.key.toLowerCase(), entry);
  }
  return map;
}

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
