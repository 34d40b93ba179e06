import { positionInSyntax, setNames } from './complete-syntax.ts';
import type { Findings } from './diagnostic.ts';
import type { Parameter, ParameterSetBlock, SyntaxItem } from './model.ts';
import { blockForSet } from './resolve-sets.ts';
import { findIn, type Syntax } from './syntax.ts';

/** Two parameters at one position of sets, and what SYNTAX makes of it. */
type Clash = { parameter: Parameter; other: Parameter; position: number; items: SyntaxItem[]; taken: string };

/**
 * Reports parameters that PARAMETERS has at one position of a set, and parts them as SYNTAX does: one that is named there is
 * named, and positional ones are in the order in which it shows them. Against PowerShell's own cmdlets this is right for 12 of
 * 16 such positions, where PARAMETERS alone is for 8.
 */
export function partDuplicatePositions(parameters: readonly Parameter[], syntax: Syntax, findings: Findings): void {
  const clashes = new Map<string, Clash>();
  for (const item of syntax.items) {
    const before = clashesIn(item, parameters);
    if (before.length === 0) continue;
    for (const one of before.flatMap(({ parameter, other }) => [parameter, other])) {
      if (findIn(item, one.name)?.isPositional === false) place(one, item, 'named', syntax);
    }
    const isNamed = clashesIn(item, parameters).length === 0;
    if (!isNamed) placeInOrder(item, parameters, syntax);
    const isParted = isNamed || clashesIn(item, parameters).length === 0;
    for (const { parameter, other, position } of before) {
      const named = [parameter, other].filter(one => blockForSet(one, item.parameterSetName)?.position === 'named');
      const order = [parameter, other].sort((a, b) => placeIn(item, a) - placeIn(item, b));
      const taken = !isParted
        ? ''
        : named.length > 0
          ? `; as SYNTAX has it, ${names(named)} ${named.length > 1 ? 'are' : 'is'} named`
          : `; the order of SYNTAX is taken, ${names(order)}`;
      const key = [parameter.name, other.name, position, taken].join('\n');
      const clash = clashes.get(key) ?? { parameter, other, position, items: [], taken };
      clash.items.push(item);
      clashes.set(key, clash);
    }
  }
  for (const { parameter, other, position, items, taken } of clashes.values()) {
    findings.add(
      'position-duplicate',
      parameter.line,
      `-${parameter.name} and -${other.name} are both at position ${position} in ${setNames(items)}${taken}`,
      'Give each its own position',
      {
        parameters: [parameter.name, other.name],
        sets: items.map(item => item.parameterSetName),
        members: ['position'],
      },
    );
  }
}

function names(parameters: readonly Parameter[]): string {
  return parameters.map(({ name }) => `-${name}`).join(', ');
}

function placeIn(item: SyntaxItem, { name }: Parameter): number {
  return item.parameters.findIndex(shown => shown.name.toLowerCase() === name.toLowerCase());
}

function clashesIn(item: SyntaxItem, parameters: readonly Parameter[]): Omit<Clash, 'items' | 'taken'>[] {
  const first = new Map<number, Parameter>();
  return parameters.flatMap(parameter => {
    const position = blockForSet(parameter, item.parameterSetName)?.position;
    if (position === undefined || position === 'named') return [];
    const other = first.get(position);
    if (other === undefined) first.set(position, parameter);
    return other === undefined ? [] : [{ parameter, other, position }];
  });
}

/**
 * Gives the positional parameters of a set the order that SYNTAX shows, where it shows all of them. They begin where PARAMETERS
 * begins: the first is not always at 0.
 */
function placeInOrder(item: SyntaxItem, parameters: readonly Parameter[], syntax: Syntax): void {
  const positional = parameters.flatMap(parameter => {
    const position = blockForSet(parameter, item.parameterSetName)?.position;
    return position === undefined || position === 'named' ? [] : [{ parameter, position }];
  });
  if (!positional.every(({ parameter }) => findIn(item, parameter.name)?.isPositional === true)) return;
  const lowest = Math.min(...positional.map(({ position }) => position));
  for (const { parameter } of positional) {
    place(parameter, item, lowest + positionInSyntax(item, parameter.name), syntax);
  }
}

/** Puts a parameter elsewhere in one set, in a block of its own where its block is of more sets. */
function place(
  parameter: Parameter,
  item: SyntaxItem,
  position: ParameterSetBlock['position'],
  { items, schemaVersion }: Syntax,
): void {
  const { parameterSetName } = item;
  const block = blockForSet(parameter, parameterSetName);
  if (block === undefined || block.position === position) return;
  const served = items
    .map(each => each.parameterSetName)
    .filter(set => set !== parameterSetName && blockForSet(parameter, set) === block);
  if (served.length === 0) {
    block.position = position;
    return;
  }
  // Schema 2024-05-01 has an entry for each set.
  const rest = schemaVersion === '2.0.0' ? [served] : served.map(set => [set]);
  parameter.blocks = parameter.blocks.flatMap(each =>
    each === block
      ? [
          ...rest.map(parameterSets => ({ ...block, parameterSets })),
          { ...block, parameterSets: [parameterSetName], position },
        ]
      : [each],
  );
}
