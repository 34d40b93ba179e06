import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** The keys and indices that lead to a value of the settings, such as `['views', 0, 'typeName']`. */
export type SettingsPath = readonly (string | number)[];

/** Returns the line of a value, or of the nearest one around it that there is: a member's own line where it is in an object. */
export type LineOf = (path: SettingsPath) => number;

/** Finds the lines of values in a text of JSON, which YAML 1.2 contains; JSON.parse does not report them. */
export function settingsLines(text: string): LineOf {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter, uniqueKeys: false });
  return path => {
    let node: unknown = contents;
    let line = 1;
    for (const step of path) {
      const next = memberOf(node, step);
      if (next === undefined) break;
      const [offset] = next.at.range ?? [];
      if (offset !== undefined) line = counter.linePos(offset).line;
      node = next.value;
    }
    return line;
  };
}

function memberOf(node: unknown, step: string | number): { at: Node; value: unknown } | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(step)];
    return item && { at: item, value: item };
  }
  if (!isMap<Node & { value?: unknown }, Node>(node)) return undefined;
  // The last of several, as JSON.parse takes it.
  const pair = node.items.findLast(({ key }) => key.value === String(step));
  return pair && { at: pair.key, value: pair.value };
}

/** The lines of settings that were read from a file; others have none. */
const lines = new WeakMap<object, LineOf>();

/** Keeps the lines of settings, for what is found in them later. */
export function keepLines(settings: object, lineOf: LineOf): void {
  lines.set(settings, lineOf);
}

/** Returns the line of a value in settings: 1 where they were not read from a file. */
export function lineIn(settings: object, path: SettingsPath): number {
  return lines.get(settings)?.(path) ?? 1;
}
