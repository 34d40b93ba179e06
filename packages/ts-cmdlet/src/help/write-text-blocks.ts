import { trimBlanksEnd } from './blanks.ts';
import type { TextBlock } from './model.ts';

/** Prose as Markdown, blocks parted by an empty line; the reader reads it back as the same blocks. */
export function writeTextBlocks(blocks: readonly TextBlock[]): string {
  return blocks.map((block, index) => writeBlock(block, marksOf(blocks, index))).join('\n\n');
}

/** Prose below a heading or another first block; the heading alone where there is no prose. */
export function writeBelow(heading: string, blocks: readonly TextBlock[]): string {
  return blocks.length === 0 ? heading : `${heading}\n\n${writeTextBlocks(blocks)}`;
}

/** Plain text as inline Markdown that says the same. */
export function escapeInline(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&~#|!]/g, '\\$&')
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, '$1\\$2')
    .replace(/^\\(\d+)/, '$1\\');
}

/** A link with plain text; the text alone where there is no address. */
export function writeLink(text: string, uri: string): string {
  const label = escapeInline(text);
  // A backslash does not keep a reference to a character from being one within an address.
  const destination = uri.replace(/[\\<>]/g, '\\$&').replace(/&(?=#?\w+;)/g, '&amp;');
  return uri === '' ? label : `[${label}](<${destination}>)`;
}

type Marks = { bullet: string; ordinal: string };

// Two lists in a row would be one if they had the same marks.
function marksOf(blocks: readonly TextBlock[], index: number): Marks {
  let run = 0;
  while (blocks[index - run - 1]?.kind === 'list') run++;
  return run % 2 === 0 ? { bullet: '-', ordinal: '.' } : { bullet: '*', ordinal: ')' };
}

function writeBlock(block: TextBlock, marks: Marks): string {
  switch (block.kind) {
    case 'paragraph':
    case 'table':
    case 'html':
      return block.markdown;
    case 'heading':
      return `${'#'.repeat(block.level)} ${block.markdown.replace(/\s*\n\s*/g, ' ')}`;
    case 'list':
      return writeList(block, marks);
    case 'code':
      return writeCode(block.text, [block.language, block.meta ?? ''].join(' ').trim());
    case 'quote':
      return prefixed(writeTextBlocks(block.blocks), '> ', '> ');
    case 'rule':
      // Behind the mark of a list, `- ---` would be one rule.
      return '___';
  }
}

function writeList({ ordered, start, items }: Extract<TextBlock, { kind: 'list' }>, marks: Marks): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${start + index}${marks.ordinal} ` : `${marks.bullet} `;
      return prefixed(writeTextBlocks(item), mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

/** A fenced code block whose fence does not occur in the code; `info` stands behind the fence. */
export function writeCode(text: string, info: string): string {
  const mark = info.includes('`') ? '~' : '`';
  const runs = text.match(mark === '`' ? /`+/g : /~+/g) ?? [];
  const fence = mark.repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3));
  return `${fence}${info.replace(/\\/g, '\\\\')}\n${text === '' ? '' : `${text}\n`}${fence}`;
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .map(line => (trimBlanksEnd(line) === '' ? '' : line))
    .join('\n');
}
