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
  const entries = before.flatMap(located => readBareTypes(located, section, findings));
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
    entries.push({ typename, description: readTextBlocks(body, findings) });
  }
  return entries;
}

// `None` or a type's name as a paragraph, or a list of names, says the same as the heading would.
function readBareTypes(located: LocatedToken, section: Section, findings: Findings): InputOutput[] {
  const { token, line } = located;
  if (saysNothing(token)) return [];
  const blocks = token.type === 'list' ? blocksWithin(located) : [located];
  const types = blocks.map(block => ({ name: bareType(block), line: block.line }));
  if (types.length === 0 || types.some(({ name }) => name === undefined)) {
    reportText(
      [{ token, line }],
      section.title,
      'Write the type as a heading `### Type`, and its description below',
      findings,
    );
    return [];
  }
  return types.flatMap(({ name, line: at }) => {
    if (name === undefined) return [];
    findings.add('type-without-heading', at, `${section.title} has ${quoted(name)} as text`, `Write \`### ${name}\``);
    return [{ typename: name, description: [] }];
  });
}

function bareType({ token }: LocatedToken): string | undefined {
  if (token.type !== 'paragraph' && token.type !== 'text') return undefined;
  const name = typeName(token.tokens);
  return /^[^\s{}]+$/.test(name) && inlineText(token.tokens) !== '' ? name : undefined;
}
