/** Names that PowerShell keeps for itself: members of every object, and the one that a property cannot have. */
const reservedNames = new Set(['', 'psadapted', 'psbase', 'psextended', 'psobject', 'pstypenames']);

/** Whether no property of an object in PowerShell can be called so. */
export function isReserved(name: string): boolean {
  return reservedNames.has(name.toLowerCase());
}

/**
 * A name without its case: two names come out alike where .NET's `StringComparer.OrdinalIgnoreCase` takes them for the
 * same. PowerShell tells properties and the keys of hashtables apart by that.
 */
export function withoutCase(name: string): string {
  return isAscii(name) ? name.toUpperCase() : Array.from(name, characterWithoutCase).join('');
}

/**
 * .NET compares the upper case where it is a single character, and none of ASCII for one that is not: a final sigma is a
 * sigma, but a dotless i is no i and a sharp s no double s. Title case, whose upper case is longer, goes by its lower case.
 */
function characterWithoutCase(character: string): string {
  const upper = character.toUpperCase();
  const folded = upper.length === character.length ? upper : character.toLowerCase();
  return folded.length === character.length && isAscii(folded) === isAscii(character) ? folded : character;
}

function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text);
}
