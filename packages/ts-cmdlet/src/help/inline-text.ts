import type { MarkedToken, Token, Tokens } from 'marked';
import { isMarkedToken } from './lex-markdown.ts';

/**
 * Inline Markdown as plain text: emphasis, escapes and entities resolved, code spans without backticks, a link as
 * `label (address)`, a soft line break as a blank, a hard one as a line end.
 */
export function inlineText(tokens: Token[] | undefined): string {
  const text = plainText(tokens ?? []);
  return (text.includes('\n') ? text.replace(/[ \t]*\n[ \t]*/g, '\n') : text).trim();
}

/** A heading as plain text; unlike in prose, anything between `<` and `>` is a name and stays. */
export function headingText(heading: Tokens.Heading): string {
  return plainText(heading.tokens, { keepTags: true, labelsOnly: true }).replace(/\s+/g, ' ').trim();
}

/** The name of a type, from a heading or a paragraph: as `headingText`, and a generic's backtick is no code span. */
export function typeName(tokens: Token[] | undefined): string {
  const all = (tokens ?? []).filter(isMarkedToken);
  const text = all.map((token, index) => {
    // In 'List`1[Int32], List`1[Guid]' Markdown sees a code span where .NET has two arities.
    const isArity =
      token.type === 'codespan' && index > 0 && /^\d/.test(token.text) && /\w$/.test(all[index - 1]?.raw ?? '');
    return isArity ? token.raw : plainText([token], { keepTags: true, labelsOnly: true });
  });
  return text.join('').replace(/\s+/g, ' ').trim();
}

/**
 * The source of inline Markdown, able to stand alone: a link by reference (`[label][1]`) becomes an inline link, as its
 * definition stands elsewhere on the page.
 */
export function inlineSource(tokens: Token[] | undefined): string {
  let source = '';
  for (const token of tokens ?? []) if (isMarkedToken(token)) source += tokenSource(token);
  return source;
}

function tokenSource(token: MarkedToken): string {
  if (!('tokens' in token) || token.tokens === undefined) return token.raw;
  const inner = inlineSource(token.tokens);
  if ((token.type === 'link' || token.type === 'image') && isReference(token)) {
    const title = token.title ? ` "${token.title.replace(/"/g, '\\"')}"` : '';
    const label = token.type === 'image' ? token.text : inner;
    return `${token.type === 'image' ? '!' : ''}[${label}](<${token.href.replace(/[\\<>]/g, '\\$&')}>${title})`;
  }
  return 'text' in token && token.text !== inner ? token.raw.replace(token.text, () => inner) : token.raw;
}

type PlainOptions = { keepTags?: boolean; labelsOnly?: boolean };

function plainText(tokens: Token[], options: PlainOptions = {}): string {
  let text = '';
  for (const token of tokens) if (isMarkedToken(token)) text += plainToken(token, options);
  return text;
}

function plainToken(token: MarkedToken, options: PlainOptions): string {
  switch (token.type) {
    case 'text':
      return token.tokens ? plainText(token.tokens, options) : softBreaks(decodeEntities(token.text));
    case 'escape':
      return token.text;
    case 'codespan':
      return token.text;
    case 'br':
      return '\n';
    case 'html':
      return options.keepTags ? token.raw : plainTag(token.raw);
    case 'strong':
    case 'em':
    case 'del':
      return plainText(token.tokens, options);
    case 'link':
    case 'image': {
      const label = token.type === 'image' ? decodeEntities(token.text) : plainText(token.tokens, options);
      const isAutolink = token.type === 'link' && token.autolink === true;
      return options.labelsOnly || isAutolink ? label : withAddress(label.trim(), address(token));
    }
    default:
      return token.raw;
  }
}

/** The address of a link or an image, entities resolved. */
export function address(token: Tokens.Link | Tokens.Image): string {
  return 'autolink' in token && token.autolink ? token.href : decodeEntities(token.href);
}

function withAddress(label: string, href: string): string {
  if (href === '' || label === href) return label;
  return label === '' ? href : `${label} (${href})`;
}

function softBreaks(text: string): string {
  return text.includes('\n') ? text.replace(/[ \t]*\n[ \t\n]*/g, ' ') : text;
}

const HTML_ELEMENTS =
  /^<\/?(?:a|abbr|b|big|cite|code|dd|del|details|dfn|div|dl|dt|em|font|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var)(?=[\s/>])/i;

// Help often has placeholders such as <Name> unescaped: what is no element of HTML is text.
function plainTag(raw: string): string {
  if (/^<br\s*\/?>$/i.test(raw)) return '\n';
  return raw.startsWith('<!--') || HTML_ELEMENTS.test(raw) ? '' : raw;
}

function isReference(token: Tokens.Link | Tokens.Image): boolean {
  return /^!?\[/.test(token.raw) && !token.raw.endsWith(')');
}

const ENTITIES: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', deg: '°' },
  ...{ hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»' },
  ...{ bull: '•', middot: '·', para: '¶', sect: '§', plusmn: '±', times: '×', divide: '÷', frac12: '½', micro: 'µ' },
  ...{ larr: '←', uarr: '↑', rarr: '→', darr: '↓', le: '≤', ge: '≥', ne: '≠', euro: '€', pound: '£', yen: '¥' },
  ...{ lbrace: '{', rbrace: '}', lbrack: '[', rbrack: ']', lpar: '(', rpar: ')', ast: '*', lowbar: '_', grave: '`' },
  ...{ num: '#', vert: '|', bsol: '\\', sol: '/', dollar: '$', percnt: '%', plus: '+', equals: '=', colon: ':' },
};

/** Resolves numeric entities and the common named ones; what it does not know stays as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g,
    (whole, dec, hex, name) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
      const point = dec === undefined ? Number.parseInt(hex, 16) : Number(dec);
      const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      return isCharacter ? String.fromCodePoint(point) : '\ufffd';
    },
  );
}
