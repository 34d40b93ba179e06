import type { CommandHelp } from '../help/model.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { compareOrdinal } from './generated-file.ts';
import { declaredParameters } from './parameter-sets.ts';
import { resolveType } from './resolve-type.ts';

/** An enum that the module declares: a type name that the help gives together with accepted values. */
export interface ModuleEnum {
  readonly name: string;
  readonly values: readonly string[];
}

interface Use extends ModuleEnum {
  readonly file: string;
  readonly line: number;
}

/**
 * The enums of a module's cmdlets, each once, sorted by name. A parameter may accept some of an enum's values alone: the
 * enum has those of all parameters, in the order of the longest list. They must agree in how they spell them.
 */
export function collectEnums(helps: readonly CommandHelp[]): { enums: ModuleEnum[]; problems: GenerateDiagnostic[] } {
  const enums: ModuleEnum[] = [];
  const problems: GenerateDiagnostic[] = [];
  for (const uses of Map.groupBy(helps.flatMap(usesIn), ({ name }) => name.toLowerCase()).values()) {
    const values = new Map<string, string>();
    const longestFirst = uses.toSorted((left, right) => right.values.length - left.values.length);
    const [known] = uses;
    for (const use of longestFirst) {
      if (known !== undefined && use.name !== known.name) {
        problems.push(differs(use, `Enum ${use.name}`, known.name, known));
      }
      for (const value of use.values) {
        const same = values.get(value.toLowerCase()) ?? value;
        if (same !== value)
          problems.push(differs(use, `Value ${value} of enum ${use.name}`, same, longestFirst[0] ?? use));
        values.set(value.toLowerCase(), same);
      }
    }
    if (known !== undefined) enums.push({ name: known.name, values: [...values.values()] });
  }
  return { enums: enums.sort((left, right) => compareOrdinal(left.name, right.name)), problems };
}

function usesIn(help: CommandHelp): Use[] {
  return declaredParameters(help).flatMap(parameter => {
    const type = resolveType(parameter);
    if ('unsupported' in type || type.enumName === undefined) return [];
    return [{ name: type.enumName, values: type.acceptedValues, file: help.file, line: parameter.line }];
  });
}

function differs(use: Use, what: string, known: string, place: Use): GenerateDiagnostic {
  const message = `${what} is spelled ${known} in ${place.file}:${place.line}.`;
  return problem(use, 'enum-conflict', message, 'Expected one spelling.');
}
