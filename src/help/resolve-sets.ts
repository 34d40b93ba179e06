import { type Findings, quoted } from './diagnostic.ts';
import {
  ALL_PARAMETER_SETS,
  type Parameter,
  type ParameterSetBlock,
  type SyntaxItem,
  UNNAMED_PARAMETER_SET,
} from './model.ts';
import type { Syntax } from './syntax.ts';

/**
 * The sets of a yaml block in SYNTAX's spelling; PowerShell compares them without case. Reports names that SYNTAX does
 * not have.
 */
export function resolveSets(
  parameter: string,
  block: ParameterSetBlock,
  sets: Map<string, SyntaxItem>,
  syntax: Syntax,
  findings: Findings,
): string[] {
  const resolved: string[] = [];
  for (let index = 0; index < block.parameterSets.length; ) {
    // A name may have a comma, at which schema 2.0.0 parts the names: the longest that SYNTAX has is meant.
    const rest = block.parameterSets.slice(index, index + LONGEST_NAME);
    const [length, name] = longestName(rest, sets) ?? [1, undefined];
    const set = rest[0] ?? '';
    if (name === undefined && syntax.isComplete) {
      const names = syntax.items.map(item => item.parameterSetName).join(', ');
      findings.add(
        'parameter-set-unknown',
        block.line,
        `-${parameter} is in the set ${quoted(set)}, which SYNTAX does not have`,
        `Write one of SYNTAX's sets (${names}) or (All), or add the set to SYNTAX`,
      );
    }
    resolved.push(name ?? set);
    index += length;
  }
  return resolved;
}

const LONGEST_NAME = 6;

function longestName(parts: string[], sets: Map<string, SyntaxItem>): [length: number, name: string] | undefined {
  for (let length = parts.length; length > 0; length--) {
    const lower = parts.slice(0, length).join(', ').replace(/\s+/g, ' ').toLowerCase();
    if (lower === ALL_PARAMETER_SETS.toLowerCase() || lower === UNNAMED_PARAMETER_SET.toLowerCase()) {
      return [length, ALL_PARAMETER_SETS];
    }
    const name = sets.get(lower)?.parameterSetName;
    if (name !== undefined) return [length, name];
  }
  return undefined;
}

/** Reports a parameter that is described twice for one set, or for `(All)` and more. */
export function checkSetsOfParameter({ name, blocks }: Parameter, findings: Findings): void {
  const lines = new Map<string, number>();
  for (const { parameterSets, line } of blocks) {
    for (const set of parameterSets) {
      const known = lines.get(set.toLowerCase());
      if (known !== undefined) {
        findings.add(
          'parameter-set-repeated',
          line,
          `-${name} is described for the set ${quoted(set)} in line ${known} already`,
          'Name each set once, in one yaml block',
        );
      }
      lines.set(set.toLowerCase(), line);
    }
  }
  const all = lines.get(ALL_PARAMETER_SETS.toLowerCase());
  if (all !== undefined && lines.size > 1) {
    findings.add(
      'parameter-all-sets-mixed',
      all,
      `-${name} is in (All) and in named sets`,
      'Write (All) alone, or the names of the sets',
    );
  }
}

/** The block of a parameter that holds for a set. */
export function blockForSet(parameter: Pick<Parameter, 'blocks'>, set: string): ParameterSetBlock | undefined {
  return parameter.blocks.find(
    ({ parameterSets }) => parameterSets.includes(set) || parameterSets.includes(ALL_PARAMETER_SETS),
  );
}
