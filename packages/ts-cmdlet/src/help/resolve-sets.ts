import { type Findings, quoted } from './diagnostic.ts';
import type { DescribedParameter } from './merge-parameter.ts';
import type { ParameterSetBlock, SyntaxItem } from './model.ts';
import { ALL_PARAMETER_SETS, UNNAMED_PARAMETER_SET } from './parameter-set-names.ts';
import type { DescribedBlock } from './parameter-yaml.ts';
import { findIn, type Syntax } from './syntax.ts';

/** A name in `Parameter Sets`: as it is written, and SYNTAX's name or (All) where it is one. */
export type SetName = { written: string; name?: string; doubt?: string };

/**
 * Parts the names of a yaml block at those that SYNTAX has, which PowerShell compares without case. A name may have a
 * comma, at which schema 2.0.0 parts the names: the longest that SYNTAX has is meant.
 */
export function partNames(parts: readonly string[], sets: ReadonlyMap<string, SyntaxItem>): SetName[] {
  const names: SetName[] = [];
  const longest = sets.keys().some(set => set.includes(',')) ? LONGEST_NAME : 1;
  for (let index = 0; index < parts.length; ) {
    const rest = parts.slice(index, index + longest);
    const [length, name] = longestName(rest, sets) ?? [1, undefined];
    const written = rest[0] ?? '';
    index += length;
    if (name !== undefined) {
      names.push({ written, name });
      continue;
    }
    const unmarked = written.replace(/\s*\(default\)$/i, '');
    const marked = unmarked === written ? undefined : longestName([unmarked], sets)?.[1];
    if (meansAll(written, sets)) names.push({ written, name: ALL_PARAMETER_SETS, doubt: '(All)' });
    else if (marked !== undefined) names.push({ written, name: marked, doubt: marked });
    else names.push({ written: unmarked });
  }
  return names;
}

/** The sets of a yaml block in SYNTAX's spelling. `means` has the names that SYNTAX does not have, in lower case. */
export function resolveSets(
  parameter: string,
  block: DescribedBlock,
  sets: ReadonlyMap<string, SyntaxItem>,
  means: ReadonlyMap<string, string>,
  findings: Findings,
): string[] {
  const resolved = partNames(block.parameterSets, sets).map(({ written, name, doubt }) => {
    if (doubt !== undefined) {
      findings.add(
        'parameter-yaml-doubtful',
        block.line,
        `-${parameter} is in the set ${quoted(written)}, which is read as ${doubt}`,
        `Write ${doubt}`,
        { parameters: [parameter], members: ['parameterSets'] },
      );
    }
    return name ?? means.get(written.toLowerCase()) ?? written;
  });
  return [...new Set(resolved)];
}

// What stands for (All) in some help; `Default` is PlatyPS's name for the one set that SYNTAX does not name. SYNTAX is held
// against it as against any other set.
function meansAll(set: string, sets: ReadonlyMap<string, SyntaxItem>): boolean {
  return /^\(?(?:all|none)\)*$/i.test(set) || (/^default$/i.test(set) && [...sets.keys()].join() === UNNAMED_SET);
}

const UNNAMED_SET = UNNAMED_PARAMETER_SET.toLowerCase();

const LONGEST_NAME = 6;

function longestName(
  parts: readonly string[],
  sets: ReadonlyMap<string, SyntaxItem>,
): [length: number, name: string] | undefined {
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
    { parameters: [name], members: ['parameterSets'] },
  );
  parameter.blocks = blocks.flatMap(block => {
    const parameterSets = block.parameterSets.flatMap(set => (set === ALL_PARAMETER_SETS ? others : [set]));
    // Schema 2024-05-01 has an entry for each set.
    const parts = syntax.schemaVersion === '2.0.0' ? [parameterSets] : parameterSets.map(set => [set]);
    return parts.filter(part => part.length > 0).map(part => ({ ...block, parameterSets: part }));
  });
}

/** Reports a parameter that is described twice for one set, and leaves the first where both say the same. */
export function leaveRepeatedSets(parameter: DescribedParameter, findings: Findings): void {
  const { name } = parameter;
  const known = new Map<string, ParameterSetBlock>();
  parameter.blocks = parameter.blocks.flatMap(block => {
    const parameterSets = block.parameterSets.filter(set => {
      const first = known.get(set.toLowerCase());
      if (first === undefined) {
        known.set(set.toLowerCase(), block);
        return true;
      }
      const isSame = sameMembers(first, block);
      findings.add(
        isSame ? 'parameter-set-repeated' : 'parameter-set-conflict',
        block.line,
        `-${name} is described for the set ${quoted(set)} in line ${first.line} already, ${isSame ? 'with the same values' : 'with other values'}`,
        'Name each set once, in one yaml block',
        isSame ? { parameters: [name], sets: [set], members: ['parameterSets'] } : undefined,
      );
      return false;
    });
    return parameterSets.length === 0 ? [] : [{ ...block, parameterSets }];
  });
}

/** Whether two blocks say the same of a parameter, their sets aside. */
export function sameMembers(a: ParameterSetBlock, b: ParameterSetBlock): boolean {
  return (
    a.isRequired === b.isRequired &&
    a.position === b.position &&
    a.valueFromPipeline === b.valueFromPipeline &&
    a.valueFromPipelineByPropertyName === b.valueFromPipelineByPropertyName &&
    a.valueFromRemainingArguments === b.valueFromRemainingArguments
  );
}

/** The block of a parameter that holds for a set. */
export function blockForSet<Block extends ParameterSetBlock>(
  { blocks }: { blocks: readonly Block[] },
  set: string,
): Block | undefined {
  return (
    blocks.find(({ parameterSets }) => parameterSets.includes(set)) ??
    blocks.find(({ parameterSets }) => parameterSets.includes(ALL_PARAMETER_SETS))
  );
}
