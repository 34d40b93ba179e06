import type { CommandHelp, Parameter } from '../help/model.ts';
import { declaredParameters } from './parameter-sets.ts';
import { resolveType } from './resolve-type.ts';

/**
 * The default values of a cmdlet's parameters, where what the help says is a value and no prose: a number, a truth value,
 * one of the accepted values, a text in quotes. PowerShell does not bind a default, so the handler has to know it.
 */
export function defaultValues(help: CommandHelp): Record<string, string | number | boolean> {
  return Object.fromEntries(
    declaredParameters(help).flatMap(parameter => {
      const value = defaultValue(parameter);
      return value === undefined ? [] : [[parameter.name, value]];
    }),
  );
}

function defaultValue(parameter: Parameter): string | number | boolean | undefined {
  const type = resolveType(parameter);
  const text = parameter.defaultValue?.trim();
  if (text === undefined || 'unsupported' in type || type.isArray || type.isSwitch) return undefined;
  const accepted = type.acceptedValues.find(value => value.toLowerCase() === text.toLowerCase());
  if (accepted !== undefined && type.typeScript !== 'number') return accepted;
  switch (type.typeScript) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return /^\$?(true|false)$/i.test(text) ? /true$/i.test(text) : undefined;
    case 'string':
      return type.acceptedValues.length === 0 ? /^(['"])((?:(?!\1).)*)\1$/s.exec(text)?.[2] : undefined;
    default:
      return undefined;
  }
}
