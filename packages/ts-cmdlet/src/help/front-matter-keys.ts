import { type Findings, quoted } from './diagnostic.ts';
import { type FrontMatter, frontMatterText } from './front-matter.ts';
import type { CommandHelp } from './model.ts';
import { isPlaceholder } from './text-blocks.ts';

/** The keys of the front matter that schema 2.0.0 and 2024-05-01 know on a command's page, in lower case. */
export const COMMAND_KEYS = [
  'aliases',
  'external help file',
  'helpuri',
  'online version',
  'locale',
  'module name',
  'schema',
  'platyps schema version',
];

/**
 * The schema that the front matter names. Where it names none, or one that is not known, it is `told`: what the rest of the
 * page tells. Reports both. Undefined where there is no front matter, which has been reported.
 */
export function readSchemaVersion(
  frontMatter: FrontMatter,
  findings: Findings,
  told: CommandHelp['schemaVersion'] = '2.0.0',
): CommandHelp['schemaVersion'] | undefined {
  const old = frontMatterText(frontMatter, 'schema');
  const current = frontMatterText(frontMatter, 'PlatyPS schema version');
  if (current === '2024-05-01' && (old === undefined || old === '2.0.0')) return current;
  if (current === undefined && old === '2.0.0') return old;
  if (!frontMatter.isPresent) return undefined;
  if (old === undefined && current === undefined) {
    findings.add(
      'schema-missing',
      1,
      `The front matter names no schema; ${told} is taken`,
      'Write `schema: 2.0.0` or `PlatyPS schema version: 2024-05-01`',
    );
    return told;
  }
  const line = (frontMatter.entries.get('platyps schema version') ?? frontMatter.entries.get('schema'))?.line ?? 1;
  findings.add(
    'schema-unknown',
    line,
    `The front matter names the schema ${quoted(current ?? old ?? '')}, which is unknown; by its yaml blocks, the page is read as of ${told}`,
    'Write `schema: 2.0.0` or `PlatyPS schema version: 2024-05-01`',
    { members: ['schemaVersion'] },
  );
  return told;
}

/** The text of a key as `frontMatterText`; what its author was meant to fill in is reported, and as good as nothing. */
export function filledIn(frontMatter: FrontMatter, key: string, findings: Findings): string | undefined {
  const text = frontMatterText(frontMatter, key);
  if (text === undefined || !isPlaceholder(text)) return text;
  findings.add(
    'placeholder-text',
    frontMatter.entries.get(key.toLowerCase())?.line ?? 1,
    `${key} is still ${quoted(text)}, which is not carried`,
    'Write the value, or take it away',
  );
  return undefined;
}

/** The keys that are none of `known` (in lower case), as written. */
export function otherKeys(frontMatter: FrontMatter, known: readonly string[]): Record<string, unknown> {
  const rest = [...frontMatter.entries].filter(([key]) => !known.includes(key));
  return Object.fromEntries(rest.map(([, { key, value }]) => [key, value]));
}

/**
 * Reports those of `known` whose value is no text, and those that their 2024-05-01 successor overrules: `PlatyPS schema
 * version` and `HelpUri` took the places of `schema` and `online version`.
 */
export function reportNotCarried(frontMatter: FrontMatter, known: readonly string[], findings: Findings): void {
  for (const key of known) {
    const entry = frontMatter.entries.get(key);
    if (entry === undefined || typeof entry.value === 'string' || key === 'aliases') continue;
    findings.add(
      'front-matter-not-carried',
      entry.line,
      `The value of ${quoted(entry.key)} is no text, and is not carried`,
      `Write \`${entry.key}: text\``,
    );
  }
  for (const [old, current] of [
    ['schema', 'PlatyPS schema version'],
    ['online version', 'HelpUri'],
  ] as const) {
    const [before, now] = [frontMatterText(frontMatter, old), frontMatterText(frontMatter, current)];
    if (before === undefined || now === undefined || before === now) continue;
    findings.add(
      'front-matter-not-carried',
      frontMatter.entries.get(old)?.line ?? 1,
      `${quoted(old)} is ${quoted(before)}, but ${current} is ${quoted(now)}, which is taken`,
      'Leave one of the two',
    );
  }
}
