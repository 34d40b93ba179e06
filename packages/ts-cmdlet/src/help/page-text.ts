/**
 * The text of a page as the readers take it: without a BOM, line ends `\n`. NUL is replaced, as CommonMark asks for,
 * since XML cannot hold it.
 */
export function normalisePage(markdown: string): string {
  const text = markdown.startsWith('\ufeff') ? markdown.slice(1) : markdown;
  return (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).replaceAll('\0', '\ufffd');
}

/**
 * The text of a file: UTF-8, or UTF-16 where its BOM says so, as Windows PowerShell writes it. `faultLine` is the line of
 * the first bytes that are no text in that encoding; they become U+FFFD.
 */
export function decodePage(bytes: Uint8Array): { text: string; faultLine?: number } {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return { text: (encoding === 'utf-8' ? UTF8 : new TextDecoder(encoding, { fatal: true })).decode(bytes) };
  } catch {
    // Only how far the text is right is of interest then.
    const text = new TextDecoder(encoding).decode(bytes);
    const before = normalisePage(text.slice(0, Math.max(text.indexOf('\ufffd'), 0)));
    return { text, faultLine: before.split('\n').length };
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
