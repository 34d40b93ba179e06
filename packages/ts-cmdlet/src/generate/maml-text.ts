import type { TextBlock } from '../help/model.ts';

/**
 * Renders prose as MAML paragraphs of plain text. Get-Help prints nothing but paragraphs in half of the places where
 * MAML allows lists, so lists, tables, quotes and code become paragraphs that read well in a fixed-width font.
 */
export function paragraphs(blocks: readonly TextBlock[]): string[] {
  return blocks.map(blockText).filter(text => text.trim() !== '');
}

/** One block as text, its lines separated by LF. */
export function blockText(block: TextBlock): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'code':
      return block.text;
    case 'list':
      return block.items
        .map((item, index) => hang(block.ordered ? `${block.start + index}. ` : '- ', paragraphs(item).join('\n')))
        .join('\n');
    case 'quote':
      return quoteText(paragraphs(block.blocks).join('\n\n'));
    case 'table':
      return tableText([block.header, ...block.rows]);
    case 'html':
      return block.markdown.replace(/<!--[\s\S]*?(-->|$)/g, '').trim();
    case 'rule':
      return '';
  }
}

/** A quote, or an alert, `> [!NOTE]` in Microsoft's and GitHub's Markdown, which Get-Help has as `NOTE: text`. */
function quoteText(text: string): string {
  const alert = /^\[!(note|tip|important|caution|warning)\]\s*/i.exec(text);
  return alert?.[1] === undefined
    ? text.replace(/^/gm, '> ')
    : `${alert[1].toUpperCase()}: ${text.slice(alert[0].length)}`;
}

/** Puts a marker before the first line and indents the others as far. */
function hang(marker: string, text: string): string {
  return marker + text.replaceAll('\n', `\n${' '.repeat(marker.length)}`);
}

/** Columns as wide as their widest cell, and a line under the header. */
function tableText(rows: readonly (readonly string[])[]): string {
  const count = Math.max(...rows.map(row => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map(width => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}
