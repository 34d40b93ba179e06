import { type Findings, quoted } from './diagnostic.ts';
import { inlineText, typeName } from './inline-text.ts';
import { blocksWithin, type LocatedToken, saysNothing } from './lex-markdown.ts';
import type { InputOutput } from './model.ts';
import { reportHeadingLinks, reportText, type Section, splitSections } from './sections.ts';
import { readTextBlocks } from './text-blocks.ts';

/**
 * Reads INPUTS or OUTPUTS: a heading with the type's name, and its description below. A heading with several names
 * stays one entry, as it does in PlatyPS and in its MAML.
 */
export function readInputsOutputs(section: Section, findings: Findings): InputOutput[] {
  const { before, sections } = splitSections(
    section.body,
    ({ token }) => token.type === 'heading' && token.depth === 3,
  );
  const entries = readBare(before, section, findings);
  for (const part of sections) {
    const { heading, line, body } = part;
    reportHeadingLinks(part, findings);
    const typename = typeName(heading.tokens);
    if (typename === '') {
      if (body.some(({ token }) => !saysNothing(token))) {
        reportText(body, section.title, 'Write the type as a heading `### Type` above its description', findings);
      } else {
        findings.add(
          'heading-doubtful',
          line,
          `${section.title} has an empty heading`,
          'Write the name of the type, or take the heading away',
        );
      }
      continue;
    }
    // A type's full name as a paragraph of its own is the next type, without its heading.
    const at = body.findIndex(block => isFullName(bareType(block)));
    entries.push({ typename, description: readTextBlocks(at < 0 ? body : body.slice(0, at), findings) });
    if (at >= 0) entries.push(...readBare(body.slice(at), section, findings));
  }
  return entries;
}

/**
 * What stands without a heading: `None` or a type's name says the same as the heading would. Prose is the description of a
 * type that it names at its beginning, or else of Object.
 */
function readBare(before: LocatedToken[], section: Section, findings: Findings): InputOutput[] {
  const entries: InputOutput[] = [];
  for (const located of before.filter(({ token }) => !saysNothing(token))) {
    const types = bareTypes(located);
    const last = entries.at(-1);
    if (types !== undefined) {
      for (const { name, line } of types) {
        report(name, line, 'as text', section, findings);
        entries.push({ typename: name, description: [] });
      }
    } else if (last !== undefined) {
      last.description.push(...readTextBlocks([located], findings));
    } else {
      const typename = typeSaid(located);
      report(typename, located.line, 'in prose without a heading', section, findings);
      entries.push({ typename, description: readTextBlocks([located], findings) });
    }
  }
  return entries;
}

function report(typename: string, line: number, how: string, { title }: Section, findings: Findings): void {
  const message = `${title} has ${quoted(typename)} ${how}`;
  findings.add('type-without-heading', line, message, `Write \`### ${typename}\``, { members: [title.toLowerCase()] });
}

function bareTypes(located: LocatedToken): { name: string; line: number }[] | undefined {
  const blocks = located.token.type === 'list' ? blocksWithin(located) : [located];
  const types = blocks.flatMap(block => {
    const name = bareType(block);
    return name === undefined ? [] : [{ name, line: block.line }];
  });
  return types.length > 0 && types.length === blocks.length ? types : undefined;
}

function bareType({ token }: LocatedToken): string | undefined {
  if (token.type !== 'paragraph' && token.type !== 'text') return undefined;
  const name = typeName(token.tokens);
  return /^[^\s{}]+$/.test(name) && inlineText(token.tokens) !== '' ? name : undefined;
}

function isFullName(name: string | undefined): boolean {
  return name !== undefined && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\[\])*$/.test(name);
}

function typeSaid({ token }: LocatedToken): string {
  const text = 'tokens' in token && token.type === 'paragraph' ? inlineText(token.tokens) : '';
  if (/^none\b/i.test(text)) return 'None';
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\[\])?(?=[\s:,.]|$)/.exec(text)?.[0] ?? 'System.Object';
}
