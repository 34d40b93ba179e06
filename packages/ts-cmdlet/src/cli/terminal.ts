import { stripVTControlCharacters, styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Whether a stream is a terminal that shows colours: neither NO_COLOR nor TERM=dumb says otherwise. */
export function isFancy(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && stream.hasColors();
}

/** Colours a text where the stream shows colours (FORCE_COLOR and NO_COLOR are heard). */
export function paint(format: Format, text: string, stream: NodeJS.WriteStream): string {
  return styleText(format, text, { stream });
}

/** Writes a text and waits until it is out: a process that ends at once would cut it off. */
export function write(text: string, stream: NodeJS.WriteStream): Promise<void> {
  const shown = isFancy(stream) || process.env.FORCE_COLOR ? text : stripVTControlCharacters(text);
  return new Promise((resolve, reject) => stream.write(shown, error => (error ? reject(error) : resolve())));
}
