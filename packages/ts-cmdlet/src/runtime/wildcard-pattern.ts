import { CmdletError } from './cmdlet.ts';

/** What stands at one place of a pattern: any text, any character, one of several, or this character. */
type Part =
  | '*'
  | '?'
  | { readonly ranges: readonly (readonly [from: string, to: string])[] }
  | { readonly character: string };

/**
 * A pattern with PowerShell's wildcards, as System.Management.Automation.WildcardPattern reads it without regard to case:
 * `*` is any text, `?` any character, `[a-z_]` one of those, and a backtick takes its meaning from what follows
 * (about_Wildcards). It matches in a time that grows with the lengths of pattern and text alone.
 * @example new WildcardPattern('report-[0-9]*').isMatch('Report-1.txt')
 */
export class WildcardPattern {
  readonly #parts: readonly Part[];

  /** @throws CmdletError `WildcardPatternInvalid` where a bracket is not closed, or a range ends before it begins */
  constructor(pattern: string) {
    this.#parts = partsOf(pattern);
  }

  /** Whether all of a text is as the pattern says. */
  isMatch(text: string): boolean {
    const parts = this.#parts;
    let [at, part, star, resumed] = [0, 0, -1, 0];
    while (at < text.length) {
      const current = parts[part];
      if (current === '*') {
        [star, resumed] = [part, at];
        part += 1;
      } else if (current !== undefined && matches(current, text.charAt(at))) {
        at += 1;
        part += 1;
      } else if (star >= 0) {
        // The last star takes one character more.
        resumed += 1;
        [at, part] = [resumed, star + 1];
      } else return false;
    }
    return parts.slice(part).every(each => each === '*');
  }

  /** Whether a text has a wildcard that counts as one. */
  static containsWildcards(text: string): boolean {
    return /^(?:[^`*?[\]]|`[\s\S])*[*?[\]]/.test(text);
  }

  /** A pattern that matches a text as it is. */
  static escape(text: string): string {
    return text.replaceAll(/[`*?[\]]/g, '`$&');
  }
}

function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  let bracket: { characters: string[]; dashes: boolean[] } | undefined;
  let isEscaped = false;
  let hasBegun = false;
  for (const character of pattern.split('')) {
    const isPlain = character !== '`' || isEscaped;
    if (bracket !== undefined) {
      // A bracket right at the beginning is one of the characters.
      if (character === ']' && !hasBegun && !isEscaped) {
        parts.push({ ranges: rangesOf(bracket, pattern) });
        bracket = undefined;
      } else if (isPlain) {
        bracket.characters.push(character);
        bracket.dashes.push(character === '-' && !isEscaped);
      }
      hasBegun = false;
    } else if (!isEscaped && (character === '*' || character === '?')) parts.push(character);
    else if (!isEscaped && character === '[') {
      bracket = { characters: [], dashes: [] };
      hasBegun = true;
    } else if (isPlain) parts.push({ character: folded(character) });
    isEscaped = character === '`' && !isEscaped;
  }
  if (bracket !== undefined) throw invalid(pattern);
  // A backtick at the end stands for itself, but not one that is the whole pattern.
  if (isEscaped && pattern !== '`') parts.push({ character: '`' });
  return parts;
}

function rangesOf({ characters, dashes }: { characters: string[]; dashes: boolean[] }, pattern: string) {
  const ranges: [string, string][] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const [from = '', , to] = characters.slice(index);
    if (to !== undefined && dashes[index + 1]) {
      // PowerShell has .NET read the bracket, for which `-[` begins what is taken out of it.
      if (from > to || to === '[') throw invalid(pattern);
      ranges.push([from, to]);
      index += 2;
    } else ranges.push([from, from]);
  }
  return ranges;
}

function matches(part: Part, character: string): boolean {
  if (part === '?') return true;
  if (part === '*') return false;
  if ('character' in part) return part.character === folded(character);
  const forms = [character, character.toLowerCase(), character.toUpperCase()];
  return part.ranges.some(([from, to]) => forms.some(form => form.length === 1 && from <= form && form <= to));
}

/** A UTF-16 unit without its case. What would become two units stays, as it does in .NET. */
function folded(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === 1 ? lower : character;
}

function invalid(pattern: string): CmdletError {
  return new CmdletError({
    errorId: 'WildcardPatternInvalid',
    category: 'InvalidArgument',
    message: `The wildcard pattern '${pattern}' is not valid.`,
    recommendedAction: 'Close each bracket and have ranges go upwards, such as [a-z]; write a bracket as `[.',
    target: pattern,
  });
}
