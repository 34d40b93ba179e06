import type { AboutTopic } from '../help/about-topic-model.ts';
import type { TextBlock } from '../help/model.ts';
import { blockText } from './maml-text.ts';

/** As wide as PowerShell's own topics. */
const WIDTH = 80;
const INDENTATION = '    ';

/**
 * Writes a topic as the text that `Get-Help about_X` shows. Get-Help lists a topic with the fifth line of its text: the
 * short description stands there, in one line, wherever the page has it.
 */
export function aboutTopicText({ name, body }: AboutTopic): string {
  const isShort = (block: TextBlock) => block.kind === 'heading' && /^short description$/i.test(block.text);
  const start = body.findIndex(isShort);
  const after = body.findIndex((block, index) => index > start && block.kind === 'heading');
  const end = after < 0 ? body.length : after;
  const [short, ...more] = start < 0 ? [] : body.slice(start + 1, end);
  const rest = [...body.slice(0, Math.max(start, 0)), ...body.slice(start < 0 ? 0 : end)];
  const summary = short === undefined ? '' : blockText(short).replace(/\s*\n\s*/g, ' ');
  const lines = [
    `TOPIC\n${INDENTATION}${name}\n`,
    `SHORT DESCRIPTION\n${`${INDENTATION}${summary}`.trimEnd()}\n`,
    ...[...more, ...rest.filter(block => !isTitle(block, name))].map(block =>
      block.kind === 'heading' ? headingText(block) : `${indented(block)}\n`,
    ),
  ];
  return lines.filter(line => line.trim() !== '').join('\n');
}

/** PlatyPS's template says the topic's name twice: `# Widgets` and `## about_Widgets`. */
function isTitle(block: TextBlock, name: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/^about_/, '')
      .replace(/[\s_]+/g, '');
  return block.kind === 'heading' && plain(block.text) === plain(name);
}

/** The sections of a topic are in capitals, as in PowerShell's own; a text stands right below its heading. */
function headingText({ level, text }: Extract<TextBlock, { kind: 'heading' }>): string {
  return level > 2 ? text : text.toUpperCase();
}

function indented(block: TextBlock): string {
  const keepsLines = block.kind === 'code' || block.kind === 'table';
  const lines = blockText(block).split('\n');
  return lines
    .flatMap(line => (keepsLines ? [line] : wrap(line, WIDTH - INDENTATION.length)))
    .map(line => (line === '' ? '' : INDENTATION + line))
    .join('\n');
}

/** Breaks a line between words; what follows stands below the text behind a list's marker. */
function wrap(line: string, width: number): string[] {
  const marker = /^\s*(?:- |\d+\. |> )?/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = marker;
  for (const word of line.slice(marker.length).split(/ +/)) {
    const isStart = current === marker || current.trim() === '';
    if (!isStart && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(marker.length) + word;
    } else {
      current += isStart ? word : ` ${word}`;
    }
  }
  return [...lines, current];
}
