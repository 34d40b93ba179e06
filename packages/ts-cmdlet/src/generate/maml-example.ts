import type { Example } from '../help/model.ts';
import { paragraphs } from './maml-text.ts';
import { mamlElement, mamlProse } from './maml-xml.ts';
import type { XmlElement } from './xml-text.ts';

/** As wide as PlatyPS makes an example's title. */
const TITLE_WIDTH = 64;

/**
 * One example: the text before its first code block is the introduction, that block and those that follow it at once are
 * the code, the rest are the remarks.
 */
export function mamlExample({ title, blocks }: Example): XmlElement {
  const start = blocks.findIndex(({ kind }) => kind === 'code');
  const introduction = start < 0 ? [] : paragraphs(blocks.slice(0, start));
  const fromCode = blocks.slice(Math.max(start, 0));
  const after = fromCode.findIndex(({ kind }) => kind !== 'code');
  const code = start < 0 ? [] : after < 0 ? fromCode : fromCode.slice(0, after);
  const remarks = paragraphs(fromCode.slice(code.length));

  const dashes = '-'.repeat(Math.max(0, Math.floor((TITLE_WIDTH - title.length - 2) / 2)));
  // Get-Help prints nothing between paragraphs of an introduction, nor behind it, but keeps the line ends in the last.
  const before = `${introduction.join('\n\n')}\n\n`;
  return mamlElement('command:example', [
    mamlElement('maml:title', `${dashes} ${title} ${dashes}`.trim()),
    ...(introduction.length > 0 ? [mamlProse('maml:introduction', [before])] : []),
    mamlElement('dev:code', paragraphs(code).join('\n\n')),
    // The empty paragraph at the end is the empty line before the next example.
    mamlProse('dev:remarks', [...remarks, '']),
  ]);
}
