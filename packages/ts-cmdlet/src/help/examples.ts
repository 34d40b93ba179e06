import { type Findings, quoted } from './diagnostic.ts';
import { blocksWithin, type LocatedToken, saysNothing } from './lex-markdown.ts';
import type { Example } from './model.ts';
import { reportHeadingLinks, type Section, splitSections } from './sections.ts';
import { readTextBlocks } from './text-blocks.ts';

/**
 * Reads EXAMPLES: a heading for each example, and below it text and code in any order. Where no heading has level 3, the
 * highest level that there is parts the examples.
 */
export function readExamples(section: Section, findings: Findings): Example[] {
  const depths = section.body.flatMap(({ token }) => (token.type === 'heading' ? token.depth : []));
  const level = depths.includes(3) ? 3 : depths.reduce((least, depth) => Math.min(least, depth), 6);
  const { before, sections } = splitSections(
    section.body,
    ({ token }) => token.type === 'heading' && token.depth === level,
  );
  const examples: Example[] = [];
  const [first] = before.filter(({ token }) => !saysNothing(token));
  if (first !== undefined) {
    findings.add(
      'example-untitled',
      first.line,
      'EXAMPLES has text before its first heading, which is read as an example without a title',
      'Begin each example with a heading `### Example 1: title`',
    );
    examples.push({ title: '', blocks: readTextBlocks(before, findings) });
  }
  for (const part of sections) {
    const { title, line, body } = part;
    reportHeadingLinks(part, findings);
    if (title === '') {
      findings.add('heading-doubtful', line, 'The heading of an example is empty', 'Write `### Example 1: title`');
    } else if (level !== 3) {
      findings.add(
        'heading-doubtful',
        line,
        `The example ${quoted(title)} has a heading of level ${level}`,
        'Write examples as `### Example 1: title`',
      );
    }
    // PlatyPS 1.0 makes such examples of comment-based help.
    if (!body.some(holdsCode)) {
      findings.add(
        'example-without-code',
        line,
        `The example ${quoted(title)} has no code block: a command in it is read as prose, and its lines as one`,
        'Put the commands into a code block',
      );
    }
    examples.push({ title: withoutRules(title), blocks: readTextBlocks(body, findings) });
  }
  return examples;
}

function holdsCode(located: LocatedToken): boolean {
  return located.token.type === 'code' || blocksWithin(located).some(holdsCode);
}

// Help converted from MAML has `-------- EXAMPLE 1 --------`; the dashes are no part of the title.
function withoutRules(title: string): string {
  return /^-{2,}/.test(title) ? title.replace(/^[-\s]+/, '').replace(/[-\s]+$/, '') : title;
}
