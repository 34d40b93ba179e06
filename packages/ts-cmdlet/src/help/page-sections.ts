import { type Findings, quoted } from './diagnostic.ts';
import { headingText } from './inline-text.ts';
import type { LocatedToken } from './lex-markdown.ts';
import { PARAMETER_HEADING } from './parameters.ts';
import { reportText, type Section, splitSections } from './sections.ts';

/** A page by its sections; `title` is the level 1 heading, its title empty where the page has none. */
export type PageSections = {
  title: Pick<Section, 'title' | 'level' | 'line' | 'heading'>;
  sections: Map<string, Section>;
};

const SECTION_NAMES = [
  ...['SYNOPSIS', 'SYNTAX', 'ALIASES', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES'],
  'RELATED LINKS',
];

/**
 * Parts a page into the schema's sections, in any order and any case. Reports what is missing, unknown or repeated, and
 * headings at another level than the schema's.
 */
export function readPageSections(tokens: LocatedToken[], findings: Findings): PageSections {
  const levelTwo = new Set(
    tokens.flatMap(({ token }) =>
      token.type === 'heading' && token.depth === 2 ? headingText(token).toUpperCase() : [],
    ),
  );
  let titleAt: LocatedToken | undefined;
  let current = '';
  const { before, sections } = splitSections(tokens, located => {
    const { token, line } = located;
    if (token.type !== 'heading') return false;
    // Most headings are of parameters, and cannot be a section's.
    if (token.depth > 2 && !/[A-Z]{5}/.test(token.text)) return false;
    const text = headingText(token);
    const upper = text.toUpperCase();
    // A section's name in capitals at another level, where the page has no such section, is the section.
    if (token.depth !== 2 && SECTION_NAMES.includes(text) && !levelTwo.has(upper)) {
      findings.add('heading-doubtful', line, `${text} is a heading of level ${token.depth}`, `Write \`## ${text}\``);
      levelTwo.add(upper);
      current = upper;
      return true;
    }
    if (token.depth === 1) {
      if (titleAt === undefined) {
        titleAt = located;
        return true;
      }
      findings.add(
        'title-repeated',
        line,
        `The page has a second level 1 heading, ${quoted(text)}`,
        'Write one page for each command, and level 2 to 6 for the rest',
      );
      return false;
    }
    if (token.depth !== 2 || (current === 'PARAMETERS' && PARAMETER_HEADING.test(text))) return false;
    current = upper;
    return true;
  });
  return collect(before, sections, titleAt, findings);
}

function collect(
  before: LocatedToken[],
  all: Section[],
  titleAt: LocatedToken | undefined,
  findings: Findings,
): PageSections {
  const firstLine = before[0]?.line ?? all[0]?.line ?? 1;
  const nothing = { title: '', level: 1, line: firstLine, heading: NO_HEADING };
  const title = all.find(section => section.line === titleAt?.line) ?? { ...nothing, body: [] };
  const sections = new Map<string, Section>();
  reportText(
    [...before, ...title.body],
    'The page',
    'Write it below a heading of the schema, such as `## DESCRIPTION`',
    findings,
  );
  if (title.title === '') {
    findings.add(
      'command-name-missing',
      firstLine,
      'The page has no level 1 heading',
      "Write the command's name as `# Verb-Noun`",
    );
  }
  for (const section of all) {
    if (section === title) continue;
    const name = section.title.toUpperCase();
    const known = sections.get(name);
    if (!SECTION_NAMES.includes(name)) {
      findings.add(
        'section-unknown',
        section.line,
        `The schema has no section ${quoted(section.title)}: it is not carried`,
        `Write one of ${SECTION_NAMES.join(', ')}; a heading within a text has level 3 or lower`,
      );
    } else if (known !== undefined) {
      findings.add(
        'section-repeated',
        section.line,
        `${name} stands in line ${known.line} already: both are read as one`,
        'Write each section once',
      );
      sections.set(name, { ...known, body: [...known.body, ...section.body] });
    } else {
      sections.set(name, { ...section, title: name });
    }
  }
  if (!sections.has('SYNTAX')) {
    findings.add(
      'section-missing',
      title.line,
      'The page has no SYNTAX',
      'Write `## SYNTAX` with the output of `Get-Command -Syntax` for each parameter set in a code block',
    );
  }
  return { title, sections };
}

const NO_HEADING = { type: 'heading' as const, raw: '', depth: 1, text: '', tokens: [] };
