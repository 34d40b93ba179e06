import type { MarkedToken, Token, Tokens } from 'marked';
import { type Findings, quoted } from './diagnostic.ts';
import { address, decodeEntities, inlineText } from './inline-text.ts';
import { blocksWithin, isMarkedToken, type LocatedToken } from './lex-markdown.ts';
import type { Link } from './model.ts';
import { reportText, type Section } from './sections.ts';
import { textToken } from './simple-inline.ts';
import { isPlaceholder } from './text-blocks.ts';

/**
 * Reads RELATED LINKS: paragraphs or lists of links. A line with one link is a link with the whole line as its text; of
 * a line with several, each is one, and text between them a link without an address. So is a line of bare text.
 */
export function readRelatedLinks(section: Section, findings: Findings): Link[] {
  return section.body.flatMap(located => {
    const { token, line } = located;
    if (token.type === 'paragraph' && isPlaceholder(token.text)) {
      findings.add(
        'placeholder-text',
        line,
        `The text is still ${quoted(token.text)}`,
        'Write the links, or take it away',
      );
      return [];
    }
    return linksOf(located, findings);
  });
}

function linksOf(located: LocatedToken, findings: Findings): Link[] {
  const { token, line } = located;
  switch (token.type) {
    case 'list':
    case 'blockquote':
      return blocksWithin(located).flatMap(block => linksOf(block, findings));
    case 'paragraph':
    case 'text':
      reportTitles(token.tokens ?? [], line, findings);
      return splitLines(token.tokens ?? []).flatMap(linksOfLine);
    default:
      reportText([located], 'RELATED LINKS', 'Write a list of links `- [Text](address)`', findings);
      return [];
  }
}

// MAML has no place for what a browser shows when the mouse rests on a link.
function reportTitles(tokens: Token[], line: number, findings: Findings): void {
  for (const token of tokens.filter(isMarkedToken).flatMap(unwrap)) {
    if ((token.type !== 'link' && token.type !== 'image') || !token.title) continue;
    findings.add(
      'text-not-carried',
      line,
      `RELATED LINKS has a link with the title ${quoted(token.title)}, which is not carried`,
      'Write `[Text](address)`',
    );
  }
}

function linksOfLine(line: Token[]): Link[] {
  const tokens = line.filter(isMarkedToken).flatMap(unwrap);
  const links = tokens.filter(token => token.type === 'link' || token.type === 'image');
  const [only] = links;
  if (links.length === 1 && only !== undefined) {
    return [{ linkText: inlineText(tokens.map(withoutAddress)), uri: address(only) }];
  }
  // Between two links, what is not a word is a separator.
  const parts: Link[] = [];
  let bare: MarkedToken[] = [];
  const flush = () => {
    const linkText = inlineText(bare);
    if (/[\p{L}\p{N}]/u.test(linkText)) parts.push({ linkText, uri: '' });
    bare = [];
  };
  for (const token of tokens) {
    if (token.type === 'link' || token.type === 'image') {
      flush();
      parts.push({ linkText: inlineText([withoutAddress(token)]), uri: address(token) });
    } else {
      bare.push(token);
    }
  }
  flush();
  return parts;
}

/** Soft and hard line breaks part the lines. */
function splitLines(tokens: Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens.filter(isMarkedToken)) {
    if (token.type === 'br') {
      lines.push([]);
    } else if (token.type === 'text' && token.tokens === undefined && token.text.includes('\n')) {
      for (const [index, text] of token.text.split('\n').entries()) {
        if (index > 0) lines.push([]);
        lines.at(-1)?.push(textToken(text));
      }
    } else {
      lines.at(-1)?.push(token);
    }
  }
  return lines.filter(line => line.length > 0);
}

// A link in bold is a link.
function unwrap(token: MarkedToken): MarkedToken[] {
  const isWrapper = token.type === 'strong' || token.type === 'em' || token.type === 'del';
  return isWrapper ? token.tokens.filter(isMarkedToken).flatMap(unwrap) : [token];
}

function withoutAddress(token: MarkedToken): MarkedToken {
  if (token.type !== 'link' && token.type !== 'image') return token;
  const label = token.type === 'image' ? decodeEntities(token.text) : inlineText(token.tokens.map(withoutAddressOf));
  const text: Tokens.Escape = { type: 'escape', raw: token.raw, text: label === '' ? address(token) : label };
  return text;
}

function withoutAddressOf(token: Token): Token {
  return isMarkedToken(token) ? withoutAddress(token) : token;
}
