/** A fenced code block of marked, by its source. */
export type FencedCode = {
  /** The lines between the fences, or to the end where the block is never closed. */
  text: string;
  isClosed: boolean;
  /** The backticks or tildes that open the block. */
  fence: string;
};

/** Reads the source of a code block; undefined where it is indented and has no fences. */
export function readFencedCode(raw: string): FencedCode | undefined {
  const [, indent = '', fence = ''] = /^( {0,3})(`{3,}|~{3,})/.exec(raw) ?? [];
  if (fence === '') return undefined;
  const source = raw.trimEnd();
  const start = source.indexOf('\n') + 1;
  const lastStart = source.lastIndexOf('\n') + 1;
  const last = source.slice(lastStart).trim();
  const isClosed = start > 0 && last.length >= fence.length && last === fence.charAt(0).repeat(last.length);
  // marked's own text lacks the last line end in some blocks and has it in others.
  const text = start === 0 ? '' : isClosed ? source.slice(start, Math.max(lastStart - 1, start)) : raw.slice(start);
  return { text: indent === '' ? text : text.replace(new RegExp(`^ {1,${indent.length}}`, 'gm'), ''), isClosed, fence };
}
