import type { CommandHelp, Parameter } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { declaredParameters } from './parameter-sets.ts';
import { resolveType } from './resolve-type.ts';
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

/** Warns of objects that no user could come by: no help says what their full name is. */
export function checkObjectTypes(helps: readonly CommandHelp[]): GenerateDiagnostic[] {
  const types = describedTypes(helps);
  return helps.flatMap(help => declaredParameters(help).flatMap(parameter => checkParameter(help, parameter, types)));
}

function checkParameter(help: CommandHelp, parameter: Parameter, types: DescribedTypes): GenerateDiagnostic[] {
  const type = resolveType(parameter);
  if ('unsupported' in type || type.objectTypeName === undefined) return [];
  const name = type.objectTypeName;
  const names = fullNames(name, types);
  if (names.length === 1 || names.includes(name)) return [];
  const found =
    names.length === 0 ? 'no INPUTS or OUTPUTS names' : `is one of ${names.join(', ')} in INPUTS and OUTPUTS`;
  const message = `Parameter -${parameter.name} takes objects with the type name ${name}, which ${found}.`;
  const at = { file: help.file, line: parameter.line };
  return [{ ...problem(at, 'type-not-described', message, 'Expected a full name.'), severity: 'warning' }];
}

function fullNames(name: string, types: DescribedTypes): string[] {
  return [...(types.get(name.toLowerCase()) ?? [])];
}
