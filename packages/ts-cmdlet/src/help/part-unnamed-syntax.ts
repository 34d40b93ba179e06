import { type Findings, quoted } from './diagnostic.ts';
import type { UnknownSet } from './match-sets.ts';
import type { DescribedParameter } from './merge-parameter.ts';
import type { SyntaxItem, SyntaxParameter } from './model.ts';
import { ALL_PARAMETER_SETS } from './parameter-set-names.ts';
import { partNames } from './resolve-sets.ts';
import type { Syntax } from './syntax.ts';

/**
 * Reads the one syntax of a page, which has no heading, where PARAMETERS has several sets. As a rule it shows the parameters
 * of all sets in one line, and each set gets an item with those that PARAMETERS has in it; the first is the default. All of
 * PnP's 13 pages of this kind then have the sets of their cmdlets. Where the names cannot be sets (they are parts of
 * `(Add, Remove)`, all hold the same parameters, or two that SYNTAX requires are in no set together), they are values in the
 * wrong place, and (All) is read. Returns which of the two it is.
 */
export function partUnnamedSyntax(
  only: SyntaxItem,
  sets: readonly UnknownSet[],
  syntax: Syntax,
  parameters: readonly DescribedParameter[],
  findings: Findings,
): 'parted' | 'no sets' {
  const names = sets.map(({ name }) => quoted(name)).join(', ');
  const byName = new Map(parameters.map(parameter => [parameter.name.toLowerCase(), parameter]));
  const isIn = ({ name }: SyntaxParameter, set: UnknownSet) => {
    const described = byName.get(name.toLowerCase());
    return described === undefined || set.users.has(name.toLowerCase()) || isEverywhere(described);
  };
  const required = only.parameters.filter(({ isRequired }) => isRequired === true);
  const isContradicted = required.some(one =>
    required.some(other => !sets.some(set => isIn(one, set) && isIn(other, set))),
  );
  const isList = sets.some(({ name }) => name.includes('"') || name.startsWith('(') !== name.endsWith(')'));
  const isOneSet = new Set(sets.map(({ users }) => [...users].sort().join())).size === 1;
  const line = Math.min(...sets.map(set => set.line));
  if (isList || isContradicted || isOneSet) {
    findings.add(
      'parameter-set-unknown',
      line,
      `PARAMETERS has the sets ${names}; as SYNTAX has one without a name, ${isList ? 'and these are values' : isOneSet ? 'and nothing tells them apart' : 'with their parameters together'}, (All) is read`,
      "Write one of SYNTAX's sets or (All), or add the set to SYNTAX",
      { parameters: sets.flatMap(({ users }) => [...users]), members: ['parameterSets'] },
    );
    return 'no sets';
  }
  findings.add(
    'syntax-set-unnamed',
    only.line,
    `This syntax has no heading and shows the parameters of several sets; as PARAMETERS has them, it is parted into ${names}`,
    'Write each set under a heading of its own, with its own code block',
    { members: ['syntax', 'parameters'] },
  );
  syntax.unnamed.delete(only);
  syntax.items = sets.map((set, index) => ({
    ...only,
    parameterSetName: set.name,
    isDefault: index === 0,
    parameters: only.parameters.filter(parameter => isIn(parameter, set)),
  }));
  return 'parted';
}

function isEverywhere({ blocks }: DescribedParameter): boolean {
  return blocks.some(({ parameterSets }) =>
    partNames(parameterSets, new Map()).some(({ name }) => name === ALL_PARAMETER_SETS),
  );
}
