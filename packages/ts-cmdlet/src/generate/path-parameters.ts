import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import type { ModuleSettings } from './module-settings.ts';
import { quoteLiteral } from './powershell-text.ts';
import { resolveType } from './resolve-type.ts';
import { lineIn } from './settings-lines.ts';

/** What the host is told of path parameters (PathParameters.cs): entries of its settings, none where there are no such. */
export function pathParameterEntries({ pathParameters }: ModuleSettings): string[] {
  if (pathParameters === undefined) return [];
  const cmdlets = Object.entries(pathParameters).map(([command, parameters]) => {
    const kinds = Object.entries(parameters).map(([name, kind]) => `${quoteLiteral(name)} = ${quoteLiteral(kind)}`);
    return `    ${quoteLiteral(command)} = @{ ${kinds.join('; ')} }`;
  });
  return ['PathParameters = @{', ...cmdlets, '}'];
}

/** Looks for path parameters that cannot have a path, which is a text. */
export function checkPathParameters(
  settings: ModuleSettings,
  helps: readonly CommandHelp[],
  file: string,
): GenerateDiagnostic[] {
  return Object.entries(settings.pathParameters ?? {}).flatMap(([command, parameters]) =>
    Object.keys(parameters).flatMap(name => {
      const help = helps.find(each => each.name === command);
      const parameter = help?.parameters.find(each => each.name === name);
      const type = parameter && resolveType(parameter);
      if (
        type === undefined ||
        (!('unsupported' in type) && /^string(\[\])?$/.test(type.powerShell) && type.acceptedValues.length === 0)
      )
        return [];
      const at = { file, line: lineIn(settings, ['pathParameters', command, name]) };
      const message = `/pathParameters/${command}/${name}: -${name} of ${command} is no text that can be a path.`;
      return [
        problem(
          at,
          'path-parameter-unusable',
          message,
          'Expected `Type: String` or `Type: String[]`, without accepted values.',
        ),
      ];
    }),
  );
}
