import { randomBytes } from 'node:crypto';

/** An expression of a text whose script does not have the text: script stays in memory, and a trace shows it. */
export function hiddenText(text: string): string {
  const codes = [...text].map(character => character.charCodeAt(0) + 1);
  return `[string]::new([char[]] @(${codes.join(', ')}).ForEach({ [char] ($_ - 1) }))`;
}

/** Script that makes a SecureString of a text by the name of a variable, without having the text as it is. */
export function secureText(variable: string, text: string): string {
  return `$${variable} = [securestring]::new()
    foreach ($character in ${hiddenText(text)}.ToCharArray()) { $${variable}.AppendChar($character) }`;
}

/** A text that is nowhere else. */
export const newSecret = () => randomBytes(16).toString('hex');
