import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { Findings } from './diagnostic.ts';

/** A block of the page with its line in the file. */
export type LocatedToken = { token: MarkedToken; line: number };

/** Beyond this length an inline text is taken as it is: emphasis over it is no prose, and takes quadratic time. */
const LONGEST_INLINE = 50_000;

/**
 * The blocks of a page whose line ends are `\n`, with their lines. `firstLine` is the line in the file of the first.
 * Reports fences that are never closed and nesting that is too deep; never throws.
 */
export function lexMarkdown(markdown: string, firstLine: number, findings: Findings): LocatedToken[] {
  const located: LocatedToken[] = [];
  let line = firstLine;
  for (const token of lex(markdown, firstLine, findings)) {
    // Every token of marked holds its source, so that the running count of line ends is the token's line.
    const leadingBlank = /^\n*/.exec(token.raw)?.[0].length ?? 0;
    if (isMarkedToken(token)) {
      located.push({ token, line: line + leadingBlank });
      if (token.type === 'code' && isUnclosed(token.raw)) {
        findings.add(
          'code-fence-unclosed',
          line + leadingBlank,
          'The code fence that begins here is never closed',
          'Close it with a line of as many backticks or tildes',
        );
      }
    }
    line += token.raw.split('\n').length - 1;
  }
  return located;
}

/** Whether a block has no content of its own: blank lines, comments, link definitions. */
export function saysNothing(token: MarkedToken): boolean {
  if (token.type === 'html') return /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/.test(token.raw);
  return token.type === 'space' || token.type === 'def';
}

function lex(markdown: string, firstLine: number, findings: Findings): Token[] {
  try {
    const lexer = new Lexer();
    const tokens = lexer.blockTokens(markdown);
    for (const { src, tokens: inline } of lexer.inlineQueue) {
      if (src.length > LONGEST_INLINE) inline.push({ type: 'text', raw: src, text: src, escaped: false });
      else lexer.inlineTokens(src, inline);
    }
    return tokens;
  } catch (error) {
    findings.add(
      'markdown-unreadable',
      firstLine,
      `The Markdown cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Look for lists, quotes or brackets that are nested very deeply',
    );
    return [];
  }
}

const TOKEN_TYPES = new Set([
  ...['blockquote', 'br', 'checkbox', 'code', 'codespan', 'def', 'del', 'em', 'escape', 'heading', 'hr', 'html'],
  ...['image', 'link', 'list', 'list_item', 'paragraph', 'space', 'strong', 'table', 'text'],
]);

/** Narrows marked's open token type to its own tokens; there are no others without extensions. */
export function isMarkedToken(token: Token): token is MarkedToken {
  return TOKEN_TYPES.has(token.type);
}

function isUnclosed(raw: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
  if (fence === undefined) return false;
  const lines = raw.trimEnd().split('\n');
  const last = lines.at(-1)?.trim() ?? '';
  return lines.length < 2 || last.length < fence.length || last !== fence.charAt(0).repeat(last.length);
}

/** Whether a code block is fenced, so that its text begins a line below. */
export function isFenced(token: Tokens.Code): boolean {
  return token.codeBlockStyle !== 'indented';
}

/** A function from an offset in `text` to its line, where the text begins in `firstLine`. */
export function lineCounter(text: string, firstLine: number): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(match => match.index);
  return offset => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
