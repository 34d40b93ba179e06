/** A text without the blanks around it that Markdown knows; other white space, such as U+00A0, is text there. */
export function trimBlanks(text: string): string {
  let start = 0;
  while (start < text.length && BLANKS.includes(text.charAt(start))) start++;
  return trimBlanksEnd(text.slice(start));
}

/** As `trimBlanks`, at the end alone. */
export function trimBlanksEnd(text: string): string {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const BLANKS = ' \t\n';
