import { COMMAND_ALIAS, commandAliases } from './command-aliases.ts';
import { type Findings, quoted } from './diagnostic.ts';
import type { FrontMatter } from './front-matter.ts';
import type { TextBlock } from './model.ts';
import { isNone, splitList } from './parameter-values.ts';
import type { Section } from './sections.ts';
import { readTextBlocks, toTextBlocks } from './text-blocks.ts';
import { escapeInline } from './write-text-blocks.ts';

/**
 * Reads ALIASES (schema 2024-05-01), which is prose. PlatyPS writes a text of its own there that ends in
 * `{{Insert list of aliases}}`, and reads it as nothing; so does this reader. Reports a text that names no alias.
 */
export function readAliasesSection(section: Section, findings: Findings): TextBlock[] {
  const body = section.body.filter(({ token, line }) => {
    if (token.type !== 'paragraph' || !/\{\{\s*insert list of aliases\s*\}\}/i.test(token.text)) return true;
    findings.add(
      'placeholder-text',
      line,
      `ALIASES still has ${quoted(token.text)}, and is read as empty`,
      'List the aliases of the command, or take the text away',
    );
    return false;
  });
  for (const located of body) {
    for (const text of commandAliases(toTextBlocks([located.token])).others) {
      findings.add(
        'command-alias-doubtful',
        located.line,
        `ALIASES has ${quoted(text)}, from which no alias is made`,
        'Write a list with one name in each item, without a condition such as a platform',
      );
    }
  }
  return readTextBlocks(body, findings);
}

/** The aliases of the front matter (PowerShell's own help has them there), as ALIASES would list them. */
export function frontMatterAliases(frontMatter: FrontMatter, findings: Findings): TextBlock[] {
  const entry = frontMatter.entries.get('aliases');
  if (entry === undefined) return [];
  const values: unknown[] = Array.isArray(entry.value) ? entry.value : [entry.value];
  const written = values.flatMap(value => (typeof value === 'string' ? splitList(value) : []));
  const names = written.filter(name => COMMAND_ALIAS.test(name));
  const others = written.filter(name => !COMMAND_ALIAS.test(name) && !isNone(name) && name !== '[]');
  for (const text of others) {
    findings.add(
      'command-alias-doubtful',
      entry.line,
      `The aliases of the front matter have ${quoted(text)}, from which no alias is made`,
      'Write a list with one name in each item',
    );
  }
  const paragraph = (text: string) => [{ kind: 'paragraph' as const, markdown: escapeInline(text), text }];
  return names.length === 0 ? [] : [{ kind: 'list', ordered: false, start: 1, items: names.map(paragraph) }];
}
