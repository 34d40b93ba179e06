import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { compareOrdinal } from './generated-file.ts';
import { isCommonParameter } from './parameter-sets.ts';
import { resolveType } from './type-table.ts';

/** An enum that the module declares: a type name that the help gives together with accepted values. */
export interface ModuleEnum {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The enums of a module's cmdlets, each once, sorted by name. Two parameters that name the same enum must accept the
 * same values.
 */
export function collectEnums(helps: readonly CommandHelp[]): { enums: ModuleEnum[]; problems: GenerateDiagnostic[] } {
  const enums = new Map<string, ModuleEnum & { place: string }>();
  const problems: GenerateDiagnostic[] = [];
  for (const help of helps) {
    for (const parameter of help.parameters.filter(each => !isCommonParameter(each))) {
      const type = resolveType(parameter);
      if ('unsupported' in type || type.enumName === undefined) {
        continue;
      }
      const at = { file: help.file, line: parameter.line };
      const known = enums.get(type.enumName.toLowerCase());
      if (known === undefined) {
        const place = `${help.file}:${parameter.line}`;
        enums.set(type.enumName.toLowerCase(), { name: type.enumName, values: type.acceptedValues, place });
        continue;
      }
      if (known.name !== type.enumName) {
        const message = `Enum ${type.enumName} is spelled ${known.name} in ${known.place}.`;
        problems.push(problem(at, 'enum-conflict', message, 'Expected one spelling.'));
      }
      if (known.values.join() !== type.acceptedValues.join()) {
        const message = `Enum ${type.enumName} has the values ${type.acceptedValues.join(', ')}.`;
        const expected = `Expected ${known.values.join(', ')}, as in ${known.place}.`;
        problems.push(problem(at, 'enum-conflict', message, expected));
      }
    }
  }
  const sorted = [...enums.values()].map(({ name, values }) => ({ name, values }));
  return { enums: sorted.sort((left, right) => compareOrdinal(left.name, right.name)), problems };
}
