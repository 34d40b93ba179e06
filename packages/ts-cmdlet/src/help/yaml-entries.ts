import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

export type Entry = { value: Node | undefined; line: number };
export type Entries = { get: (key: string) => Entry | undefined; keys: [written: string, line: number][] };

/** The entries of a mapping by lower-cased key, with their lines. */
export function readEntries(map: YAMLMap, lineAt: (offset: number | undefined) => number): Entries {
  const entries = new Map<string, Entry>();
  const keys: [string, number][] = [];
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const line = lineAt(key.range?.[0]);
    entries.set(String(key.value).toLowerCase(), { value: isNode(value) ? value : undefined, line });
    keys.push([String(key.value), line]);
  }
  return { get: key => entries.get(key), keys };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}

/** A value as text; what YAML takes for a list or a mapping, such as [int] without quotes, as it is written. */
export function scalarText(node: Node | undefined, text: string): string {
  if (node === undefined) return '';
  if (isScalar(node)) return String(node.value ?? '').trim();
  return text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0).trim();
}

/** A list, or a text that `fromText` parts. */
export function list(node: Node | undefined, text: string, fromText: (value: string) => string[]): string[] {
  if (isSeq(node))
    return node.items.flatMap(item => (isNode(item) ? scalarText(item, text) : [])).filter(item => item !== '');
  const value = scalarText(node, text);
  return value === '' || value === '{}' ? [] : fromText(value);
}
