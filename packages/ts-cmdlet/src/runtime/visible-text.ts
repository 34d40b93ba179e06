/**
 * A text with what is not seen written out as PowerShell writes it (about_Special_Characters): control characters, line
 * separators, and the marks that turn the direction of writing (Unicode Technical Report 36, section 2.10). What a person
 * decides by cannot be made to say something else on a terminal then, whoever the text is from.
 */
export function visibleText(text: string): string {
  return text.replaceAll(hidden, character => `\`u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same for a text of several lines. */
export function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visibleText).join('\n');
}

const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
