/**
 * The three calls of the Reflect metadata proposal that `@peculiar/x509`'s dependency container asks for when it loads.
 * Import this before `@peculiar/x509`. It can go once the package `reflect-metadata` is a development dependency.
 */

type MetadataTable = WeakMap<object, Map<unknown, unknown>>;

const table: MetadataTable = new WeakMap();

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const known = table.get(target) ?? new Map<unknown, unknown>();
  known.set(key, value);
  table.set(target, known);
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return table.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
    const value = getOwnMetadata(key, at);
    if (value !== undefined) return value;
  }
  return undefined;
}

for (const [name, value] of Object.entries({ defineMetadata, getMetadata, getOwnMetadata })) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value, configurable: true, writable: true });
}
