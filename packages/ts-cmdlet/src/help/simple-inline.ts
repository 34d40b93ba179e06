import type { MarkedToken, Tokens } from 'marked';

/**
 * The tokens that marked makes of inline Markdown that holds nothing but words, code spans, bold words and links to an address
 * without blanks, each parted from the others by blanks or punctuation: four in five of the paragraphs of help. Undefined for
 * any other, which marked has to read: it looks for each kind of token behind each other one, which takes eight times as long.
 */
export function simpleInline(source: string): MarkedToken[] | undefined {
  const tokens: MarkedToken[] = [];
  for (let at = 0; at < source.length; ) {
    const pattern = PATTERN_AT[source.charAt(at)] ?? WORDS;
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found === null) return undefined;
    const [raw, inner, address] = found;
    if (pattern === WORDS) {
      if (MAY_BE_ADDRESS_OR_BREAK.test(raw)) return undefined;
      tokens.push(textToken(raw));
    } else if (inner === undefined) return undefined;
    else if (pattern === CODE_SPAN) tokens.push({ type: 'codespan', raw, text: inner });
    else if (address === undefined) tokens.push({ type: 'strong', raw, text: inner, tokens: [textToken(inner)] });
    else tokens.push({ type: 'link', raw, href: address, title: null, text: inner, tokens: [textToken(inner)] });
    at += raw.length;
  }
  return tokens;
}

/** The token of inline text that holds nothing but itself. */
export function textToken(raw: string): Tokens.Text {
  return { type: 'text', raw, text: raw, escaped: false };
}

// An underscore within a word is text, and so is a line end without two blanks before it.
const WORDS = /(?:[A-Za-z\d .,;:'"()=+%$?#/\n-]|(?<=[A-Za-z\d])_(?=[A-Za-z\d]))+/y;

const MAY_BE_ADDRESS_OR_BREAK = /www\.|:\/\/| {2}\n/i;

const CODE_SPAN = /`([^`\s]|[^`\s][^`\n]*[^`\s])`(?!`)/y;

const STRONG = /(?<![^\s(])\*\*([A-Za-z\d]+(?:(?:[ ,-]+|_)[A-Za-z\d]+)*)\*\*(?![^\s.,;:)])/y;

const LINK = /(?<![^\s(])\[([A-Za-z\d]+(?:(?:[ ,-]+|_)[A-Za-z\d]+)*)\]\(([A-Za-z\d./:#?=_-]+)\)/y;

/** By the character that begins a token; none of them is one of `WORDS`. */
const PATTERN_AT: Partial<Record<string, RegExp>> = { '`': CODE_SPAN, '*': STRONG, '[': LINK };
