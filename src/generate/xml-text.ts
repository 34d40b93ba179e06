import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

/** An element that others go into. */
export type XmlParent = XMLBuilder;

/** What XML 1.0 can't carry, escaped or not. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text as XML can carry it: line ends are LF, characters that XML forbids become U+FFFD. */
export function xmlSafe(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(forbidden, '\uFFFD');
}

/** Starts a document: a comment that says where it comes from, and the root element. */
export function startXml(
  rootName: string,
  note: string,
  namespace?: { readonly uri: string; readonly attributes: Readonly<Record<string, string>> },
): { document: XMLBuilder; root: XmlParent } {
  const document = create({ version: '1.0', encoding: 'utf-8' });
  document.com(` ${note} `);
  const root = namespace ? document.ele(namespace.uri, rootName, { ...namespace.attributes }) : document.ele(rootName);
  return { document, root };
}

/** Adds an element, with text when given. A name with a prefix needs its namespace's URI. */
export function addElement(parent: XmlParent, name: string, text?: string, uri?: string): XmlParent {
  const element = uri === undefined ? parent.ele(name) : parent.ele(uri, name);
  if (text !== undefined && text !== '') {
    // xmlbuilder2 leaves what looks like an entity alone, so `&` is escaped here and then left alone.
    element.txt(xmlSafe(text).replaceAll('&', '&amp;'));
  }
  return element;
}

/** The document's text: indented by two spaces, LF, with a line end at its end. */
export function writeXml(document: XMLBuilder): string {
  return `${document.end({ prettyPrint: true, indent: '  ', newline: '\n' })}\n`;
}
