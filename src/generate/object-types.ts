import type { CommandHelp, Parameter } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { declaredParameters } from './parameter-sets.ts';
import { resolveType } from './resolve-type.ts';
import { lastPart } from './type-name.ts';

/**
 * The type name that a parameter asks of the objects it takes. PlatyPS 0.14 writes PARAMETERS without namespaces, and
 * INPUTS and OUTPUTS with them; the objects carry the full name. Where the module's help has several that fit, or none,
 * it is the name as it stands.
 */
export function objectTypeName(written: string, helps: readonly CommandHelp[]): string {
  const [only, ...others] = written.includes('.') ? [] : fullNames(written, helps);
  return only !== undefined && others.length === 0 ? only : written;
}

/** Warns of objects that no user could come by: no help says what their full name is. */
export function checkObjectTypes(helps: readonly CommandHelp[]): GenerateDiagnostic[] {
  return helps.flatMap(help => declaredParameters(help).flatMap(parameter => checkParameter(help, parameter, helps)));
}

function checkParameter(help: CommandHelp, parameter: Parameter, helps: readonly CommandHelp[]): GenerateDiagnostic[] {
  const type = resolveType(parameter);
  if ('unsupported' in type || type.objectTypeName === undefined) return [];
  const name = type.objectTypeName;
  const names = fullNames(name, helps);
  if (names.length === 1 || names.includes(name)) return [];
  const found =
    names.length === 0 ? 'no INPUTS or OUTPUTS names' : `is one of ${names.join(', ')} in INPUTS and OUTPUTS`;
  const message = `Parameter -${parameter.name} takes objects with the type name ${name}, which ${found}.`;
  const at = { file: help.file, line: parameter.line };
  return [{ ...problem(at, 'type-not-described', message, 'Expected a full name.'), severity: 'warning' }];
}

function fullNames(name: string, helps: readonly CommandHelp[]): string[] {
  const described = helps.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const names = described.map(({ typename }) => typename.replace(/(\[\])+$/, ''));
  const isSame = (full: string) => full.toLowerCase() === name.toLowerCase();
  const fitting = names.filter(full => isSame(full) || (!name.includes('.') && isSame(lastPart(full))));
  return [...new Set(fitting)];
}
