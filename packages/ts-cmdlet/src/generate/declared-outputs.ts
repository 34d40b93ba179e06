import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import type { ModuleSettings } from './module-settings.ts';
import { expectedName } from './nearest-name.ts';
import { lineIn } from './settings-lines.ts';

/** A type of objects that the handlers declare: its properties by name, with the type name of the objects that one holds. */
export interface DeclaredOutput {
  readonly typeName: string;
  readonly properties: Readonly<Record<string, { readonly typeName?: string }>>;
}

/** Looks for declared types that the help does not name, and for properties of views that a declared type does not have. */
export function checkOutputs(
  outputs: readonly DeclaredOutput[],
  settings: ModuleSettings,
  helps: readonly CommandHelp[],
  places: { readonly settings: string; readonly entry: string },
): GenerateDiagnostic[] {
  const documented = helps.flatMap(help => help.outputs.map(({ typename }) => typename));
  // The objects inside of others are in no OUTPUTS.
  const inside = outputs.flatMap(({ properties }) => Object.values(properties).map(({ typeName }) => typeName));
  const unknown = outputs
    .filter(({ typeName }) => !documented.includes(typeName) && !inside.includes(typeName))
    .map(({ typeName }) =>
      problem(
        { file: places.entry, line: 1 },
        'settings-name-unknown',
        `The declared output '${typeName}' is in no help's OUTPUTS.`,
        expectedName(typeName, [...new Set(documented)]),
      ),
    );
  const wrong = shownProperties(settings).flatMap(({ typeName, property, path }) => {
    const found = missing(property.split('.'), typeName, outputs, settings);
    if (found === undefined) return [];
    const message = `/${path.join('/')} is '${property}', and objects of ${found.typeName} have no property ${found.name}.`;
    const at = { file: places.settings, line: lineIn(settings, path) };
    return [problem(at, 'settings-name-unknown', message, expectedName(found.name, found.known))];
  });
  return [...unknown, ...wrong];
}

/** The properties that views show, with their places in the settings. */
function shownProperties({ views }: ModuleSettings) {
  return views.flatMap((view, index) => {
    const list = 'columns' in view ? view.columns : 'list' in view ? view.list : [view.wide];
    const member = 'columns' in view ? 'columns' : 'list' in view ? 'list' : 'wide';
    return list.flatMap(({ property }, at) => {
      const path = ['views', index, member, ...(member === 'wide' ? [] : [at]), 'property'];
      return property === undefined ? [] : [{ typeName: view.typeName, property, path }];
    });
  });
}

/** The first name of a path that a declared type does not have. What is not declared may have any. */
function missing(
  names: readonly string[],
  typeName: string,
  outputs: readonly DeclaredOutput[],
  settings: ModuleSettings,
): { typeName: string; name: string; known: string[] } | undefined {
  const output = outputs.find(each => each.typeName === typeName);
  const [name, ...rest] = names;
  if (output === undefined || name === undefined) return undefined;
  const added = (settings.types ?? [])
    .filter(each => each.typeName === typeName)
    .flatMap(({ aliasProperties = {}, scriptProperties = {} }) => [
      ...Object.keys(aliasProperties),
      ...Object.keys(scriptProperties),
    ]);
  const known = [...Object.keys(output.properties), ...added];
  const isKnown = known.some(each => each.toLowerCase() === name.toLowerCase());
  if (!isKnown) return { typeName, name, known };
  const inner = output.properties[name]?.typeName;
  return inner === undefined ? undefined : missing(rest, inner, outputs, settings);
}
