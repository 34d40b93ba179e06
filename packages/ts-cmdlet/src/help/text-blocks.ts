import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { trimBlanks, trimBlanksEnd } from './blanks.ts';
import { type Findings, quoted } from './diagnostic.ts';
import { readFencedCode } from './fenced-code.ts';
import { inlineSource, inlineText } from './inline-text.ts';
import { isFenced, isMarkedToken, type LocatedToken, saysNothing } from './lex-markdown.ts';
import type { TextBlock } from './model.ts';
import { textToken } from './simple-inline.ts';

/** The prose of a section. Reports texts that PlatyPS left for the author to fill in (`{{ Fill in ... }}`). */
export function readTextBlocks(tokens: LocatedToken[], findings: Findings): TextBlock[] {
  for (const { token, line } of tokens) {
    if ((token.type === 'paragraph' || token.type === 'code') && isPlaceholder(token.text)) {
      findings.add(
        'placeholder-text',
        line,
        `The text is still ${quoted(token.text)}`,
        'Write the text, or take it away',
      );
    }
  }
  return toTextBlocks(tokens.map(located => located.token));
}

/** An underlined heading may have several lines, and a `#` at its end, which would close the one of a line. */
function oneLine(tokens: Token[]): { markdown: string; text: string } {
  const inLine = tokens.map(token => (token.type === 'br' ? BLANK : token));
  const source = trimBlanks(inlineSource(inLine)).replace(/[ \t]*\n[ \t]*/g, ' ');
  return { markdown: source.replace(/(?<=^|[ \t])#+$/, '\\$&'), text: inlineText(inLine) };
}

const BLANK = textToken(' ');

/** Whether a text is PlatyPS's own, left for the author to replace. */
export function isPlaceholder(text: string): boolean {
  return text.includes('{{') && /^\s*(?:PS C:\\>\s*)?\{\{[^{}]*\}\}\s*$/.test(text);
}

/** Blocks of marked as blocks of the model; blank lines, comments and link definitions have no content. */
export function toTextBlocks(tokens: Token[]): TextBlock[] {
  const blocks: TextBlock[] = [];
  let checkbox = '';
  for (const token of tokens.filter(isMarkedToken)) {
    // The box of a task list precedes the item's text, and is part of it.
    if (token.type === 'checkbox') {
      checkbox = `${token.raw.trim()} `;
      continue;
    }
    const block = saysNothing(token) ? undefined : toTextBlock(token, checkbox);
    if (block !== undefined) blocks.push(block);
    checkbox = '';
  }
  return blocks;
}

function toTextBlock(token: MarkedToken, prefix: string): TextBlock | undefined {
  switch (token.type) {
    case 'paragraph':
    case 'text': {
      const source = trimBlanks(token.tokens ? paragraphSource(token.tokens) : token.raw);
      const markdown = prefix + aloneParagraph(source);
      return { kind: 'paragraph', markdown, text: prefix + (token.tokens ? inlineText(token.tokens) : token.text) };
    }
    case 'heading':
      return {
        kind: 'heading',
        level: token.depth,
        ...oneLine(token.tokens),
      };
    case 'list':
      return {
        kind: 'list',
        ordered: token.ordered,
        start: token.ordered && token.start !== '' ? token.start : 1,
        items: token.items.map(item => toTextBlocks(item.tokens)),
      };
    case 'code':
      return toCode(token);
    case 'blockquote':
      return { kind: 'quote', blocks: toTextBlocks(token.tokens) };
    case 'table':
      return toTable(token);
    case 'html':
      return { kind: 'html', markdown: trimBlanks(token.raw) };
    case 'hr':
      return { kind: 'rule' };
    default:
      return { kind: 'paragraph', markdown: token.raw, text: token.raw };
  }
}

// How far a line that goes on with a paragraph is indented says nothing but in code, and may be all that keeps a mark at its
// beginning from being one. marked leaves empty lines before such lines in a list.
function paragraphSource(tokens: Token[]): string {
  let source = '';
  let text = '';
  for (const token of tokens) {
    if (token.type === 'codespan' || token.type === 'html') {
      source += unindented(text) + token.raw;
      text = '';
    } else text += inlineSource([token]);
  }
  return source + unindented(text);
}

function unindented(source: string): string {
  if (!/\n[ \t\n]/.test(source)) return source;
  return source
    .replace(/\n(?:[ \t]*\n)+/g, '\n')
    .replace(/\n[ \t]+(\d{0,9})(?=(?<=\d)[.)](?:[ \t]|$)|(?<!\d)(?:[-+*]|>|#{1,6})(?:[ \t]|$))/gm, '\n$1\\')
    .replace(/\n[ \t]+(?=[^\s<|:=~`_*#>+-])/g, '\n');
}

/**
 * The source of a paragraph so that it is one wherever it is written. marked takes away how far a line is indented that goes on
 * with a paragraph below a list or a quote, where no mark at its beginning is one; and without the tab that the page has at the
 * end, `[a]: b` would define a link, and `|-|` head a table.
 */
function aloneParagraph(source: string): string {
  if (!source.startsWith('[') && !/\n[ \t]*(?:[-+*>#=|:]|\d{1,9}[.)])/.test(source)) return source;
  const [first, ...others] = new Lexer().blockTokens(source);
  if (first?.type === 'paragraph' && others.length === 0) return source;
  const escaped = source.replace(UNDERLINE, '\n\\').replace(OPENING_MARK, '\n$1\\');
  return escaped.startsWith('[') ? `\\${escaped}` : escaped;
}

const UNDERLINE = /\n[ \t]*(?=(?:=+|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)[ \t]*(?:\n|$))/g;

const OPENING_MARK = /\n[ \t]*(\d{0,9})(?=(?<=\d)[.)](?:[ \t]|$)|(?<!\d)(?:>|(?:[-+*]|#{1,6})(?:[ \t]|$)))/gm;

/** The language of a code block: the first word of what follows the fence; empty for none. */
export function codeLanguage(token: Tokens.Code): string {
  return /^\s*(\S*)/.exec(token.lang ?? '')?.[1] ?? '';
}

function toCode(token: Tokens.Code): TextBlock {
  const language = codeLanguage(token);
  const meta = token.lang?.trim().slice(language.length).trim() ?? '';
  return { kind: 'code', language, ...(meta === '' ? {} : { meta }), text: codeText(token) };
}

function codeText(token: Tokens.Code): string {
  const fenced = isFenced(token) ? readFencedCode(token.raw) : undefined;
  return fenced?.isClosed ? fenced.text : token.text;
}

function toTable(token: Tokens.Table): TextBlock {
  let markdown = trimBlanksEnd(token.raw);
  for (const cell of [...token.header, ...token.rows.flat()]) {
    const source = inlineSource(cell.tokens);
    if (source !== cell.text) markdown = markdown.replace(cell.text, () => source);
  }
  return {
    kind: 'table',
    markdown,
    header: token.header.map(cell => inlineText(cell.tokens)),
    rows: token.rows.map(row => row.map(cell => inlineText(cell.tokens))),
  };
}
