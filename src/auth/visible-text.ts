/** The longest name that is shown whole: longer than any user principal name (113) or mail address (254). */
const MAX_LENGTH = 256;

/**
 * Text that somebody else wrote, such as a token's claim, as it may be shown: what cannot be seen is written out as
 * PowerShell writes it (about_Special_Characters), so that no name moves the cursor or passes for another. Covers control
 * and format characters, line separators, default ignorables and lone surrogates (Unicode Technical Report 36, section
 * 2.10).
 *
 * @param limit the number of UTF-16 units after which the text is cut, with an ellipsis
 */
export function visibleText(text: string, limit = MAX_LENGTH): string {
  return shorten(text, limit).replaceAll(unseen, character => `\`u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The text, cut to a number of UTF-16 units with an ellipsis at its end where it is longer. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Not in the middle of a character outside of the basic plane.
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
