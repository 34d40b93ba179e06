import type { TextBlock } from './model.ts';

/** What ALIASES says: the names, and the texts in which a name cannot be told from prose. */
export type CommandAliases = { names: string[]; others: string[] };

/**
 * The aliases of a command, from the prose of ALIASES (schema 2024-05-01). PlatyPS leaves the form to the author; these are
 * read: names parted by commas or line ends, behind the sentence that PlatyPS writes or not, lists of names, and the lists by
 * platform that PowerShell's own help has, of which `All platforms` alone is true of a module everywhere.
 */
export function commandAliases(blocks: readonly TextBlock[]): CommandAliases {
  const read = blocks.map(readBlock);
  const names = read.flatMap(one => one.names);
  return {
    names: names.filter((name, index) => !names.slice(0, index).some(other => sameName(other, name))),
    others: read.flatMap(one => one.others),
  };
}

function readBlock(block: TextBlock): CommandAliases {
  switch (block.kind) {
    case 'paragraph':
      return readText(block.markdown);
    case 'heading':
    case 'code':
      return readText(block.text);
    case 'list':
      return joined(block.items.map(readItem));
    case 'quote':
      return joined(block.blocks.map(readBlock));
    case 'table':
    case 'html':
      return { names: [], others: [block.markdown] };
    case 'rule':
      return { names: [], others: [] };
  }
}

function readItem([first, ...nested]: TextBlock[]): CommandAliases {
  if (first === undefined) return { names: [], others: [] };
  if (nested.length === 0) return readBlock(first);
  const label = first.kind === 'paragraph' ? first.text : '';
  const below = joined(nested.map(readBlock));
  if (/^all(?: platforms)?:?$/i.test(label)) return below;
  return { names: [], others: [[label, ...below.names, ...below.others].join(' ')] };
}

function readText(source: string): CommandAliases {
  const text = source
    .replace(/[`*]/g, '')
    .replace(/\\(?=[^A-Za-z0-9\s])/g, '')
    .replace(INTRODUCTION, '')
    .trim();
  if (text.endsWith(':') || NONE.test(text)) return { names: [], others: [] };
  const names = text.split(/[,\n]/).flatMap(name => name.trim() || []);
  return names.every(name => COMMAND_ALIAS.test(name)) ? { names, others: [] } : { names: [], others: [text] };
}

const INTRODUCTION =
  /^(?:this (?:cmdlet|command|function) has the following alias(?:es)?|(?:windows )?powershell includes the following alias(?:es)? for [^\s:,]+)[ \t]*[,:]?/i;

const NONE = /^(?:none|n\/a|(?:this (?:cmdlet|command|function) has |there are )?no aliases)?\.?$/i;

// A manifest takes other characters, such as ? and *, for a pattern.
/** A name that an alias of a command can have. */
export const COMMAND_ALIAS = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

function joined(read: CommandAliases[]): CommandAliases {
  return { names: read.flatMap(one => one.names), others: read.flatMap(one => one.others) };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
