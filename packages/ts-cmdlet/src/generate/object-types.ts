import type { CommandHelp } from '../help/model.ts';
import { lastPart } from './type-name.ts';

/** The type names that INPUTS and OUTPUTS of a module's help have, by each way to write them in lower case. */
export type DescribedTypes = ReadonlyMap<string, ReadonlySet<string>>;

/** Collects the type names of INPUTS and OUTPUTS. */
export function describedTypes(helps: readonly CommandHelp[]): DescribedTypes {
  const types = new Map<string, Set<string>>();
  for (const { typename } of helps.flatMap(({ inputs, outputs }) => [...inputs, ...outputs])) {
    const name = typename.replace(/(\[\])+$/, '');
    for (const written of [name, lastPart(name)]) {
      const key = written.toLowerCase();
      types.set(key, (types.get(key) ?? new Set()).add(name));
    }
  }
  return types;
}

/**
 * The type name that a parameter asks of the objects it takes. PlatyPS 0.14 writes PARAMETERS without namespaces, and
 * INPUTS and OUTPUTS with them; the objects carry the full name. Where the module's help has several that fit, or none,
 * it is the name as it stands.
 */
export function objectTypeName(written: string, types: DescribedTypes): string {
  const [only, ...others] = written.includes('.') ? [] : fullNames(written, types);
  return only !== undefined && others.length === 0 ? only : written;
}

/** Whether INPUTS or OUTPUTS name a type, or the help gives it as PowerShell shows a PSTypeName: `Type#PSTypeName`. */
export function isDescribed(name: string, types: DescribedTypes): boolean {
  return name.includes('#') || fullNames(name, types).length > 0;
}

function fullNames(name: string, types: DescribedTypes): string[] {
  return [...(types.get(name.toLowerCase()) ?? [])];
}
