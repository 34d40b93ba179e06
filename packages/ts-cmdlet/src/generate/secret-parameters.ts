import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import type { ModuleSettings, Validation } from './module-settings.ts';
import { resolveType } from './resolve-type.ts';
import { lineIn } from './settings-lines.ts';

/**
 * The attribute of a secret parameter: SecretTextAttribute.cs, by the name that SecretTickets.cs gives it. PowerShell
 * converts from the last attribute to the first, so it stands behind the type, which would make a text of everything.
 */
export const SECRET_ATTRIBUTE = '[TsCmdlet.SecretText()]';

/** Whether a parameter of type string takes a SecureString as well. */
export function isSecretParameter(
  { secretParameters = {} }: ModuleSettings,
  command: string,
  parameter: string,
): boolean {
  return secretParameters[command]?.includes(parameter) === true;
}

/** Looks for secret parameters that cannot be one: of what a SecureString holds PowerShell can check nothing. */
export function checkSecretParameters(
  settings: ModuleSettings,
  helps: readonly CommandHelp[],
  file: string,
): GenerateDiagnostic[] {
  return Object.entries(settings.secretParameters ?? {}).flatMap(([command, names]) => {
    const help = helps.find(({ name }) => name === command);
    return names.flatMap(name => {
      const parameter = help?.parameters.find(each => each.name === name);
      if (parameter === undefined) return [];
      const type = resolveType(parameter);
      const isText = !('unsupported' in type) && type.powerShell === 'string' && type.acceptedValues.length === 0;
      const validation = settings.parameterValidation?.[command]?.[name]?.find(looksInside);
      if (isText && validation === undefined) return [];
      const at = { file, line: lineIn(settings, ['secretParameters', command]) };
      const why = isText
        ? `has the check ${JSON.stringify(validation)}, which PowerShell cannot make of a SecureString`
        : 'is not a String without accepted values';
      const expected = isText
        ? 'Expected checks for emptiness alone: the handler can make the others.'
        : 'Expected `Type: String`: one of type SecureString or PSCredential takes a secret already.';
      const message = `/secretParameters/${command}: -${name} of ${command} ${why}.`;
      return [problem(at, 'secret-parameter-unusable', message, expected)];
    });
  });
}

function looksInside(validation: Validation): boolean {
  return typeof validation !== 'string';
}
