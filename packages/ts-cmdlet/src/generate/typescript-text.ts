import { isPlainIdentifier } from './powershell-text.ts';

// TypeScript source as a person would write it.

/** The width that lines of generated files keep to where they can. */
export const LINE_WIDTH = 120;

/** A string literal: single quotes, unless double ones need fewer escapes. */
export function stringLiteral(text: string): string {
  if (/^[\w .,:()-]*$/.test(text)) return `'${text}'`;
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  const quote = singles > doubles ? '"' : "'";
  const escaped = JSON.stringify(text.toWellFormed()).slice(1, -1).replaceAll('\\"', '"');
  return quote + escaped.replaceAll(quote, `\\${quote}`).replace(/[\u2028\u2029]/g, escapeUnit) + quote;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16)}`;
}

/** A member's name, quoted where it must be. */
export function propertyName(name: string): string {
  return isPlainIdentifier(name) || /^\$[a-z]+$/i.test(name) ? name : stringLiteral(name);
}

/** `export type Name = 'A' | 'B';`, one value a line where they don't fit. */
export function unionOfStrings(name: string, values: readonly string[]): string {
  const literals = values.map(stringLiteral);
  const line = `export type ${name} = ${literals.join(' | ')};`;
  return line.length <= LINE_WIDTH
    ? line
    : `export type ${name} =\n${literals.map(value => `  | ${value}`).join('\n')};`;
}

/** A doc comment, its words wrapped to the line width. Nothing in the text can end it. */
export function docComment(texts: readonly string[], indentation: string): string[] {
  const width = LINE_WIDTH - indentation.length - ' * '.length;
  const safe = texts.map(text =>
    text
      .toWellFormed()
      .replace(/\*\//g, '*\\/')
      .replace(/[\0\r\u2028\u2029]/g, ' '),
  );
  const lines = safe.flatMap((text, index) => [
    ...(index > 0 ? [''] : []),
    ...text.split('\n').flatMap(line => wrap(line, width)),
  ]);
  const only = lines.length === 1 ? `${indentation}/** ${lines[0]} */` : '';
  if (only !== '' && only.length <= LINE_WIDTH) {
    return [only];
  }
  const body = lines.map(line => `${indentation} *${line === '' ? '' : ` ${line}`}`);
  return lines.length === 0 ? [] : [`${indentation}/**`, ...body, `${indentation} */`];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(part => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/**
 * A JSON value as source. Arrays, and objects without objects in them, stand on one line where they fit; `before` is
 * the column at which the value starts.
 */
export function valueLiteral(value: unknown, indentation: string, before: number): string {
  if (typeof value === 'string') {
    return stringLiteral(value);
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const deeper = `${indentation}  `;
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  const items = Object.entries(value).map(([name, member]) => {
    const key = isArray ? '' : `${propertyName(name)}: `;
    return key + valueLiteral(member, deeper, deeper.length + key.length);
  });
  const space = isArray || items.length === 0 ? '' : ' ';
  const line = open + space + items.join(', ') + space + close;
  const holdsObjects = Object.values(value).some(member => typeof member === 'object' && !Array.isArray(member));
  // The comma after the value takes one more column.
  if (!line.includes('\n') && (isArray || !holdsObjects) && before + line.length + 1 <= LINE_WIDTH) {
    return line;
  }
  return `${open}\n${items.map(item => `${deeper}${item},\n`).join('')}${indentation}${close}`;
}
