/** A file that the generator writes: a path with forward slashes, inside the folder it belongs to, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** What every generated file says near its top. It is also how a stale one is told from a hand-written file. */
export const GENERATED_NOTE = 'Generated from help/*.md. Do not edit: change the help and run npm run build.';

/** Orders strings by code unit, the same everywhere: no locale has a say. */
export function compareOrdinal(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
