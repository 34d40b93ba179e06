import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { type Findings, quoted } from './diagnostic.ts';
import { readFencedCode } from './fenced-code.ts';
import { simpleInline, textToken } from './simple-inline.ts';

/** A block of the page with its line in the file. */
export type LocatedToken = { token: MarkedToken; line: number };

/** Beyond this length an inline text is taken as it is: emphasis over it is no prose, and takes quadratic time. */
const LONGEST_INLINE = 16_000;

/**
 * The blocks of a page whose line ends are `\n`, with their lines. `firstLine` is the line in the file of the first.
 * Reports fences that are never closed and nesting that is too deep; never throws.
 */
export function lexMarkdown(markdown: string, firstLine: number, findings: Findings): LocatedToken[] {
  const first = locate(lex(markdown, firstLine, findings), firstLine);
  const repaired = repairHeadings(markdown, first, firstLine, findings);
  const located = repaired === markdown ? first : locate(lex(repaired, firstLine, findings), firstLine);
  for (const { token, line } of located) {
    if (token.type === 'code' && isUnclosed(token.raw)) {
      findings.add(
        'code-fence-unclosed',
        line,
        'The code fence that begins here is never closed',
        'Close it with a line of as many backticks or tildes',
      );
    }
    if (token.type === 'paragraph') reportHiddenHeadings(token.raw, line, findings);
    const end = token.type === 'html' ? missingEnd(token.raw) : undefined;
    if (end !== undefined) {
      findings.add(
        'html-unclosed',
        line,
        `The HTML that begins here is never closed by ${end}`,
        `Close it with ${end}, or write \`\\<\` or \`&lt;\` where text is meant`,
      );
    }
  }
  return located;
}

/** Whether a fence is never closed, or closed by the end of another one that opens within. */
function isUnclosed(raw: string): boolean {
  const fenced = readFencedCode(raw);
  if (fenced === undefined) return false;
  if (!fenced.isClosed) return true;
  const { text, fence } = fenced;
  // Few blocks have a fence or a heading within.
  if (text.includes(fence) && new RegExp(`^ {0,3}${fence}+${OPENING}`, 'im').test(text)) return true;
  return text.includes('## ') && !/^\s*(?:`+|~+)\s*(?:md|markdown)\b/i.test(raw) && SWALLOWED.test(text);
}

const OPENING = '[ \\t]*(?:yaml|powershell|output|console|ps1?)[ \\t]*$';

const SWALLOWED =
  /^(?:## (?:SYNTAX|DESCRIPTION|EXAMPLES|PARAMETERS|INPUTS|OUTPUTS|NOTES|RELATED LINKS)|### (?:-[A-Za-z]\w*|Example \d.*))[ \t]*$/m;

/** Of the kinds of HTML that CommonMark ends by a text of their own, the end that is not there. */
function missingEnd(raw: string): string | undefined {
  const [, start = ''] = /^\s*(<!--|<\?|<!\[CDATA\[|<(?:script|pre|style|textarea)(?=[\s>])|<![a-z])/i.exec(raw) ?? [];
  if (start === '') return undefined;
  const end = HTML_ENDS[start] ?? (start.startsWith('<!') ? '>' : `</${start.slice(1).toLowerCase()}>`);
  return raw.toLowerCase().includes(end, raw.indexOf(start) + 2) ? undefined : end;
}

const HTML_ENDS: Record<string, string> = { '<!--': '-->', '<?': '?>', '<![CDATA[': ']]>' };

/** The blocks within a list or a quote, with their lines; none within another block. */
export function blocksWithin({ token, line }: LocatedToken): LocatedToken[] {
  if (token.type === 'blockquote') return locate(token.tokens, line);
  if (token.type !== 'list') return [];
  return locate(token.items, line).flatMap(item =>
    item.token.type === 'list_item' ? locate(item.token.tokens, item.line) : [],
  );
}

// Every token of marked holds its source, so that the running count of line ends is the token's line.
function locate(tokens: Token[], firstLine: number): LocatedToken[] {
  const located: LocatedToken[] = [];
  let line = firstLine;
  for (const token of tokens) {
    const { raw } = token;
    let leadingBlank = 0;
    while (raw.charCodeAt(leadingBlank) === LINE_END) leadingBlank++;
    if (isMarkedToken(token)) located.push({ token, line: line + leadingBlank });
    for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) line++;
  }
  return located;
}

const LINE_END = 10;

/**
 * The source with what hides a heading taken away: PlatyPS 0.14 wants no blank behind `##`. Code is left as it is, and the
 * lines stay where they are. Only what a page of help has as a heading is one: a section, a parameter, or a capital letter
 * at level 3 or lower.
 */
function repairHeadings(markdown: string, tokens: LocatedToken[], firstLine: number, findings: Findings): string {
  let lines: string[] | undefined;
  for (const { token, line } of tokens) {
    if (token.type !== 'paragraph' || !token.raw.includes('#')) continue;
    lines ??= markdown.split('\n');
    for (const index of token.raw.trimEnd().split('\n').keys()) {
      const at = line - firstLine + index;
      const text = lines[at] ?? '';
      const [, marks = '', title = ''] = /^[\s\p{Cf}]*(#{1,6})[ \t]*(.*)$/u.exec(text) ?? [];
      const isHidden = /^ {0,3}#{2,6}[^\s#]/.test(text) || /^[ \t]*(?![ \t#])[\s\p{Cf}]+#{1,6}[ \t]/u.test(text);
      if (!isHidden || !isHelpHeading(marks.length, title)) continue;
      lines[at] = `${marks} ${title}`;
      findings.add(
        'heading-doubtful',
        firstLine + at,
        `${quoted(text)} has no blank behind the #, or an invisible character before it; it is read as a heading`,
        'Begin the line with #, and put a blank before the text; where text is meant, write \\#',
      );
    }
  }
  return lines?.join('\n') ?? markdown;
}

function isHelpHeading(level: number, title: string): boolean {
  if (level === 2) return /^[A-Z]{4,}(?: [A-Z]+)?\s*$/.test(title);
  return level > 2 && /^(?:[-–—―]\s?[\p{L}_][\p{L}\p{N}_-]*\s*$|\p{Lu})/u.test(title);
}

// `##notes`, and `## NOTES` behind U+00A0 or a BOM, are paragraphs in CommonMark.
function reportHiddenHeadings(paragraph: string, firstLine: number, findings: Findings): void {
  if (!paragraph.includes('#')) return;
  for (const [index, text] of paragraph.split('\n').entries()) {
    const lacksBlank = /^ {0,3}#{2,6}[\p{L}[<-]/u.test(text);
    if (!lacksBlank && !/^[ \t]*(?![ \t])[\s\p{Cf}][\s\p{Cf}]*#{1,6}[ \t]/u.test(text)) continue;
    findings.add(
      'heading-doubtful',
      firstLine + index,
      `${quoted(text)} looks like a heading, and is text: ${lacksBlank ? 'it has no blank behind the #' : 'it begins with a character that cannot be seen'}`,
      'Begin the line with #, and put a blank before the text; where text is meant, write \\#',
    );
  }
}

/** Whether a block has no content of its own: blank lines, comments, link definitions. */
export function saysNothing(token: MarkedToken): boolean {
  if (token.type === 'html') return /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/.test(token.raw);
  return token.type === 'space' || token.type === 'def';
}

function lex(markdown: string, firstLine: number, findings: Findings): Token[] {
  try {
    if (TOO_DEEP.test(markdown)) throw new Error('a line opens too many lists or quotes in each other');
    const lexer = new Lexer();
    const tokens = lexer.blockTokens(markdown);
    for (const { src, tokens: inline } of lexer.inlineQueue) {
      const simple = src.length > LONGEST_INLINE ? [textToken(src)] : simpleInline(src);
      if (simple === undefined) lexer.inlineTokens(src, inline);
      else inline.push(...simple);
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

// marked reads each list and each quote again for every one around it, which takes quadratic time.
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){200}/m;

const TOKEN_TYPES = new Set([
  ...['blockquote', 'br', 'checkbox', 'code', 'codespan', 'def', 'del', 'em', 'escape', 'heading', 'hr', 'html'],
  ...['image', 'link', 'list', 'list_item', 'paragraph', 'space', 'strong', 'table', 'text'],
]);

/** Narrows marked's open token type to its own tokens; there are no others without extensions. */
export function isMarkedToken(token: Token): token is MarkedToken {
  return TOKEN_TYPES.has(token.type);
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
