/** An element of an XML document: its attributes, and text or other elements. */
export interface XmlElement {
  readonly name: string;
  readonly content: XmlContent;
  readonly attributes: XmlAttributes;
  /** Of an element that stands in many places: its texts, by their indent. */
  readonly texts?: Map<string, string>;
}

/** What an element holds: text as it is meant, or elements; never both. */
export type XmlContent = string | readonly XmlElement[];

/** Attributes by name, with their values as they are meant. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** Makes an element. Names come from code, never from the help; everything else may be any text. */
export function element(name: string, content: XmlContent = '', attributes: XmlAttributes = {}): XmlElement {
  return { name, content, attributes };
}

/** An element that stands in many places of a document: it is written once for each depth. */
export function sharedElement(shared: XmlElement): XmlElement {
  return { ...shared, texts: new Map() };
}

/**
 * Writes a document: the declaration, a comment that says where it comes from, and the root with its elements, which are
 * written as they come: those of an iterator need not be there together. Elements are indented by two spaces; text stands
 * in its element with nothing added. Line ends are LF, one of them at the end.
 */
export function xmlDocument(
  note: string,
  root: string,
  elements: Iterable<XmlElement>,
  attributes: XmlAttributes = {},
): string {
  const parts = ['<?xml version="1.0" encoding="utf-8"?>\n', `<!-- ${note} -->\n`, `${startTag(root, attributes)}>\n`];
  for (const each of elements) parts.push(elementText(each, '  '));
  // A text to which others are added stays in memory as all of them, until it is read.
  return parts.concat(`</${root}>\n`).join('');
}

function elementText(each: XmlElement, indent: string): string {
  if (each.texts === undefined) return writtenElement(each, indent);
  const known = each.texts.get(indent) ?? writtenElement(each, indent);
  each.texts.set(indent, known);
  return known;
}

function writtenElement({ name, content, attributes }: XmlElement, indent: string): string {
  let text = indent + startTag(name, attributes);
  if (content.length === 0) return `${text}/>\n`;
  if (typeof content === 'string') return `${text}>${escapeText(content)}</${name}>\n`;
  text += '>\n';
  const deeper = `${indent}  `;
  for (const child of content) text += elementText(child, deeper);
  return `${text}${indent}</${name}>\n`;
}

/** The tag of an element without its end, `>` or `/>`. */
function startTag(name: string, attributes: XmlAttributes): string {
  let text = `<${name}`;
  for (const key in attributes) text += ` ${key}="${escapeAttribute(attributes[key] ?? '')}"`;
  return text;
}

/** What XML 1.0 can't carry, escaped or not (section 2.2, Char). */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** What can't stand in a text as it is, and surrogates, which may be lone ones. */
const unsafe = /[&<>\r]|[^\t\n\u0020-\uD7FF\uE000-\uFFFD]/;

/** Text as XML can carry it: line ends are LF, characters that XML forbids become U+FFFD; `]]>` is no end of anything. */
function escapeText(text: string): string {
  if (!unsafe.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** As `escapeText`, with what would end the value, and the blanks that a reader would make spaces of (section 3.3.3). */
function escapeAttribute(value: string): string {
  if (/^[\w ().,-]*$/.test(value)) return value;
  return escapeText(value).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}
