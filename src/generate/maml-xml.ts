import { addElement, type XmlParent } from './xml-text.ts';

/** MAML's namespaces by the prefixes that everyone writes. */
export const mamlNamespaces = {
  maml: 'http://schemas.microsoft.com/maml/2004/10',
  command: 'http://schemas.microsoft.com/maml/dev/command/2004/10',
  dev: 'http://schemas.microsoft.com/maml/dev/2004/10',
  MSHelp: 'http://msdn.microsoft.com/mshelp',
} as const;

/** A name with one of MAML's prefixes. */
export type MamlName = `${keyof typeof mamlNamespaces}:${string}`;

/** Adds an element of one of MAML's namespaces. */
export function addMaml(parent: XmlParent, name: MamlName, text?: string): XmlParent {
  const prefix = name.slice(0, name.indexOf(':'));
  const uri = Object.entries(mamlNamespaces).find(([known]) => known === prefix)?.[1];
  return addElement(parent, name, text, uri);
}

/** Adds a `maml:para` for each text; an empty one where there is none, as the MAML schema wants it. */
export function addParagraphs(parent: XmlParent, texts: readonly string[]): void {
  for (const text of texts.length > 0 ? texts : ['']) {
    addMaml(parent, 'maml:para', text);
  }
}
