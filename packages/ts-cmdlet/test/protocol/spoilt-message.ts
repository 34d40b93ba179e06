import fc from 'fast-check';

// Messages that are nearly right: changed at some of their places, or cut and filled with noise.

const names = ['__proto__', 'constructor', 'prototype', 'id', 'method', 'params', 'parameters', 'cmdlet', '$type', ''];
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(...names, null, -1, 0, 1e308, 2 ** 53, -0, 1.5, [], {}, [[]], 'ping', 'cmdlet/invoke'),
);
const edit = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  name: fc.constantFrom(...names),
  value: anything,
});

type Edit = { at: number; how: string; name: string; value: unknown };

/** One of the messages, with up to three changes; a name such as `__proto__` becomes an own one, as from JSON text. */
export const changedMessage = (messages: readonly object[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...messages), fc.array(edit, { maxLength: 3 }))
    .map(([message, edits]) => edits.reduce<unknown>(mutate, structuredClone(message)));

/** The bytes of one of the messages with noise written over a part of them. */
export const spoiltMessage = (messages: readonly object[]): fc.Arbitrary<Buffer> => {
  const message = fc.constantFrom(...messages).map(each => Buffer.from(JSON.stringify(each)));
  return fc.tuple(message, fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([bytes, at, noise]) => {
    const index = at % bytes.length;
    return Buffer.concat([bytes.subarray(0, index), noise, bytes.subarray(index + noise.length)]);
  });
};

function mutate(message: unknown, { at, how, name, value: shared }: Edit): unknown {
  const value: unknown = structuredClone(shared);
  const places: [owner: object, key: string][] = [];
  const visit = (owner: unknown) => {
    if (typeof owner !== 'object' || owner === null) return;
    for (const [key, member] of Object.entries(owner)) {
      places.push([owner, key]);
      visit(member);
    }
  };
  visit(message);
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) return value;
  const [owner, key] = place;
  const old: unknown = Reflect.get(owner, key);
  const define = (property: string, content: unknown) =>
    Reflect.defineProperty(owner, property, { value: content, enumerable: true, configurable: true, writable: true });
  if (how === 'replace') define(key, value);
  else if (how === 'add') define(Array.isArray(owner) ? String(owner.length) : name, value);
  else Reflect.deleteProperty(owner, key);
  if (how === 'rename' && !Array.isArray(owner)) define(name, old);
  return message;
}
