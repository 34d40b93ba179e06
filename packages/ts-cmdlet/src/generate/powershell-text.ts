// The one place where text from the help becomes PowerShell source.

const plainIdentifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a name can stand in PowerShell and TypeScript source as it is. */
export function isPlainIdentifier(name: string): boolean {
  return plainIdentifier.test(name);
}

/**
 * Quotes text as a PowerShell literal: single quotes, in which nothing is expanded. PowerShell ends such a string at a
 * typographic quote as well, so those are doubled too. Line ends become LF; NUL and lone surrogates, which no source
 * file can carry, become U+FFFD.
 */
export function quoteLiteral(text: string): string {
  const carried = text.replace(/\r\n?/g, '\n').toWellFormed().replaceAll('\0', '\uFFFD');
  return `'${carried.replace(/['\u2018-\u201B]/g, '$&$&')}'`;
}
