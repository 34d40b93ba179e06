import { type Findings, quoted } from './diagnostic.ts';
import {
  ALL_PARAMETER_SETS,
  type Parameter,
  type ParameterSetBlock,
  type SyntaxItem,
  UNNAMED_PARAMETER_SET,
} from './model.ts';
import { findIn, type Syntax } from './syntax.ts';

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
    if (name === undefined && meansAll(set, sets)) {
      findings.add(
        'parameter-yaml-doubtful',
        block.line,
        `-${parameter} is in the set ${quoted(set)}, which is read as (All)`,
        'Write (All)',
      );
      resolved.push(ALL_PARAMETER_SETS);
      index += 1;
      continue;
    }
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

// What stands for (All) in some help; `Default` is PlatyPS's name for the one set that SYNTAX does not name. SYNTAX is held
// against it as against any other set.
function meansAll(set: string, sets: Map<string, SyntaxItem>): boolean {
  return /^\(?(?:all|none)\)*$/i.test(set) || (/^default$/i.test(set) && [...sets.keys()].join() === UNNAMED_SET);
}

const UNNAMED_SET = UNNAMED_PARAMETER_SET.toLowerCase();

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

/**
 * What `(All)` means beside set names: as in PowerShell, what a name says is true of its set, and `(All)` tells of the
 * others. SYNTAX knows which those are: some help has `(All)` there without a meaning.
 */
export function partAllSets(
  parameter: { name: string; blocks: ParameterSetBlock[]; line: number },
  syntax: Syntax,
  findings: Findings,
): void {
  const { name, blocks } = parameter;
  const all = blocks.find(({ parameterSets }) => parameterSets.includes(ALL_PARAMETER_SETS));
  const named = new Set(blocks.flatMap(({ parameterSets }) => parameterSets).filter(set => set !== ALL_PARAMETER_SETS));
  if (all === undefined || named.size === 0) return;
  const others = syntax.items
    .filter(item => findIn(item, name) !== undefined)
    .map(item => item.parameterSetName)
    .filter(set => !named.has(set));
  findings.add(
    'parameter-all-sets-mixed',
    all.line,
    `-${name} is in (All) and in named sets; (All) is read as ${others.length === 0 ? 'nothing more, as SYNTAX has it' : `the other sets of SYNTAX that have it, ${quoted(others.join(', '))}`}`,
    'Write (All) alone, or the names of the sets',
  );
  parameter.blocks = blocks.flatMap(block => {
    const parameterSets = block.parameterSets.flatMap(set => (set === ALL_PARAMETER_SETS ? others : [set]));
    return parameterSets.length === 0 ? [] : [{ ...block, parameterSets }];
  });
}

/** Reports a parameter that is described twice for one set. */
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
}

/** The block of a parameter that holds for a set. */
export function blockForSet(parameter: Pick<Parameter, 'blocks'>, set: string): ParameterSetBlock | undefined {
  return parameter.blocks.find(
    ({ parameterSets }) => parameterSets.includes(set) || parameterSets.includes(ALL_PARAMETER_SETS),
  );
}
