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
  const present = new Set(all.map(each => each.title.toUpperCase()));
  for (const section of all) {
    if (section === title) continue;
    const written = section.title.toUpperCase();
    const name = sectionMeant(written, present) ?? written;
    const known = sections.get(name);
    if (name !== written) {
      findings.add(
        'heading-doubtful',
        section.line,
        `The schema has no section ${quoted(section.title)}: it is read as ${name}`,
        `Write \`## ${name}\``,
      );
    }
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

/** The section that a heading means whose name is not quite right, where the page does not have that section. */
function sectionMeant(written: string, present: ReadonlySet<string>): string | undefined {
  if (SECTION_NAMES.includes(written)) return undefined;
  const plain = written.replace(/[^A-Z ]/g, '').trim();
  const name =
    SECTION_NAMES.find(each => each === plain) ??
    SHORT_NAMES[plain] ??
    SECTION_NAMES.find(each => isSlipOf(plain, each));
  return name === undefined || present.has(name) ? undefined : name;
}

const SHORT_NAMES: Record<string, string> = {
  LINKS: 'RELATED LINKS',
  LINK: 'RELATED LINKS',
  'RELATED LINK': 'RELATED LINKS',
};

/** Whether one letter is missing, is one too many, or is another one. */
function isSlipOf(text: string, name: string): boolean {
  if (Math.abs(text.length - name.length) > 1 || text.length < 4) return false;
  let start = 0;
  while (start < text.length && text[start] === name[start]) start++;
  const ends = [
    [text.slice(start + 1), name.slice(start)],
    [text.slice(start), name.slice(start + 1)],
    [text.slice(start + 1), name.slice(start + 1)],
  ];
  return ends.some(([a, b]) => a === b);
}

const NO_HEADING = { type: 'heading' as const, raw: '', depth: 1, text: '', tokens: [] };
