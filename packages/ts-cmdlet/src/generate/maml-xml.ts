import { element, type XmlAttributes, type XmlContent, type XmlElement } from './xml-text.ts';

/** MAML's namespaces by the prefixes that everyone writes. */
const mamlNamespaces = {
  maml: 'http://schemas.microsoft.com/maml/2004/10',
  command: 'http://schemas.microsoft.com/maml/dev/command/2004/10',
  dev: 'http://schemas.microsoft.com/maml/dev/2004/10',
  MSHelp: 'http://msdn.microsoft.com/mshelp',
} as const;

/** Declares the namespaces' prefixes on an element and all that is in it. */
export const mamlPrefixes: XmlAttributes = Object.fromEntries(
  Object.entries(mamlNamespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]),
);

/** A name with one of MAML's prefixes. */
export type MamlName = `${keyof typeof mamlNamespaces}:${string}`;

/** Makes an element of one of MAML's namespaces. */
export function mamlElement(name: MamlName, content?: XmlContent, attributes?: XmlAttributes): XmlElement {
  return element(name, content, attributes);
}

/** Makes an element with a `maml:para` for each text; an empty one where there is none, as the MAML schema wants it. */
export function mamlProse(name: MamlName, texts: readonly string[]): XmlElement {
  const all = texts.length > 0 ? texts : [''];
  return mamlElement(
    name,
    all.map(text => mamlElement('maml:para', text)),
  );
}
