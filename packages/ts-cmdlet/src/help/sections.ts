import type { Token, Tokens } from 'marked';
import { type Findings, quoted } from './diagnostic.ts';
import { address, headingText } from './inline-text.ts';
import { isMarkedToken, type LocatedToken, saysNothing } from './lex-markdown.ts';

/** A heading and what stands below it. */
export type Section = { title: string; level: number; line: number; heading: Tokens.Heading; body: LocatedToken[] };

/** Splits blocks at the headings that `isHeading` picks; `before` is what precedes the first. */
export function splitSections(
  tokens: LocatedToken[],
  isHeading: (token: LocatedToken) => boolean,
): { before: LocatedToken[]; sections: Section[] } {
  const before: LocatedToken[] = [];
  const sections: Section[] = [];
  for (const located of tokens) {
    const { token, line } = located;
    if (token.type === 'heading' && isHeading(located)) {
      sections.push({ title: headingText(token), level: token.depth, line, heading: token, body: [] });
    } else {
      (sections.at(-1)?.body ?? before).push(located);
    }
  }
  return { before, sections };
}

/** Reports blocks that stand where the schema has no text; blank lines and comments say nothing. */
export function reportText(tokens: LocatedToken[], where: string, expected: string, findings: Findings): void {
  for (const { token, line } of tokens) {
    if (saysNothing(token)) continue;
    findings.add(
      'text-not-carried',
      line,
      `${where} has the text ${quoted(token.raw)}, which is not carried`,
      expected,
    );
  }
}

/** Reports the addresses of links in a heading of which only the text is read. */
export function reportHeadingLinks(section: Section, findings: Findings): void {
  for (const token of linksInHeading(section)) {
    findings.add(
      'text-not-carried',
      section.line,
      `The heading ${quoted(section.title)} has a link to ${quoted(address(token))}, which is not carried`,
      'Write the heading as plain text, and the link below it',
    );
  }
}

/** The links of a heading whose address is not in its text. */
export function linksInHeading({ heading, title }: Section): (Tokens.Link | Tokens.Image)[] {
  return linksWithin(heading.tokens).filter(token => !title.includes(address(token)));
}

function linksWithin(tokens: Token[]): (Tokens.Link | Tokens.Image)[] {
  return tokens.filter(isMarkedToken).flatMap(token => {
    if (token.type === 'link' || token.type === 'image') return [token];
    return 'tokens' in token && token.tokens !== undefined ? linksWithin(token.tokens) : [];
  });
}
