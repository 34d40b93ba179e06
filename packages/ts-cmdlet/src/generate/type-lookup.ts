/**
 * A look-up of .NET types by the names that help gives them: the full name, with or without the namespace, in any case.
 * Where two types share a name, the first has it.
 */
export function typeLookup<T>(types: Iterable<readonly [fullName: string, type: T]>): (name: string) => T | undefined {
  const byName = new Map<string, T>();
  for (const [fullName, type] of types) {
    for (const name of [fullName, fullName.slice(fullName.lastIndexOf('.') + 1)]) {
      if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), type);
    }
  }
  return name => byName.get(name.toLowerCase());
}
