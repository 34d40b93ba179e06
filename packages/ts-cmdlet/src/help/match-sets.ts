import { type Findings, quoted } from './diagnostic.ts';
import type { DescribedParameter } from './merge-parameter.ts';
import type { SyntaxItem } from './model.ts';
import { ALL_PARAMETER_SETS, UNNAMED_PARAMETER_SET } from './parameter-set-names.ts';
import { partUnnamedSyntax } from './part-unnamed-syntax.ts';
import { partNames } from './resolve-sets.ts';
import { findIn, type Syntax } from './syntax.ts';

/** A set that yaml blocks name and no heading of SYNTAX has: the parameters in it, and the line of the first block. */
export type UnknownSet = { name: string; users: Set<string>; line: number };

/**
 * Finds the set that is meant where SYNTAX and PARAMETERS call it differently, by the parameters that both have in it: a
 * syntax without a heading gets the name that the yaml blocks have, and so does a syntax whose name no yaml block has: against
 * the sources of three publishers' cmdlets, the name of PARAMETERS was right in 24 of 33 cases. What is left is merged into the
 * set that it fits, or is a set that SYNTAX lacks.
 *
 * Changes `syntax.items`, and returns what names that SYNTAX does not have mean, by the lower-cased name.
 */
export function matchSets(
  syntax: Syntax,
  parameters: readonly DescribedParameter[],
  findings: Findings,
): Map<string, string> {
  const means = new Map<string, string>();
  const unknown = unknownSets(syntax, parameters);
  if (unknown.size === 0) {
    mergeUnnamed(syntax, findings);
    return means;
  }
  const [only, ...others] = syntax.items;
  const [single, ...more] = unknown.values();
  if (only?.parameterSetName === UNNAMED_PARAMETER_SET && others.length === 0 && single && more.length === 0) {
    report(single, 'SYNTAX has one set without a name, and (All) is read', findings, {
      parameters: usersOf(single, parameters),
      members: ['parameterSets'],
    });
    return means.set(single.name.toLowerCase(), ALL_PARAMETER_SETS);
  }
  if (only?.parameterSetName === UNNAMED_PARAMETER_SET && others.length === 0 && more.length > 0) {
    const sets = [...unknown.values()];
    const taken = partUnnamedSyntax(only, sets, syntax, parameters, findings);
    return taken === 'parted' ? means : new Map(sets.map(({ name }) => [name.toLowerCase(), ALL_PARAMETER_SETS]));
  }
  const named = known(syntax);
  const claimed = new Set(
    parameters.flatMap(({ blocks }) =>
      blocks.flatMap(block => partNames(block.parameterSets, named).map(({ name }) => name?.toLowerCase())),
    ),
  );
  const free = syntax.items.filter(
    item => syntax.unnamed.has(item) || !claimed.has(item.parameterSetName.toLowerCase()),
  );
  for (const [item, set] of pairs(free, [...unknown.values()], syntax, parameters)) {
    unknown.delete(set.name.toLowerCase());
    if (syntax.unnamed.delete(item)) {
      item.parameterSetName = set.name;
      findings.add(
        'syntax-set-unnamed',
        item.line,
        `This syntax has no heading of its own; by its parameters it is of the set ${quoted(set.name)}`,
        `Write \`### ${set.name}\` above its code block`,
        { sets: [set.name], members: ['syntax'] },
      );
    } else {
      const shown = item.parameterSetName;
      const data = { sets: [set.name, shown], members: ['syntax', 'parameterSets'] };
      if (isRemark(set.name)) {
        means.set(set.name.toLowerCase(), shown);
        report(set, `by its parameters it is read as ${quoted(shown)}`, findings, data);
      } else {
        report(set, `by its parameters it is ${quoted(shown)} of SYNTAX, which gets this name`, findings, data);
        item.parameterSetName = set.name;
      }
    }
  }
  for (const set of unknown.values()) {
    const item = likelyItem(set, syntax, parameters);
    if (item !== undefined) {
      means.set(set.name.toLowerCase(), item.parameterSetName);
      reportRead(set, item, parameters, findings);
    } else addItem(set, syntax, findings);
  }
  mergeUnnamed(syntax, findings);
  return means;
}

function known(syntax: Syntax): Map<string, SyntaxItem> {
  const items = syntax.items.filter(item => !syntax.unnamed.has(item));
  return new Map(items.map(item => [item.parameterSetName.toLowerCase(), item]));
}

function unknownSets(syntax: Syntax, parameters: readonly DescribedParameter[]): Map<string, UnknownSet> {
  const sets = known(syntax.items.length === 1 ? { ...syntax, unnamed: new Map() } : syntax);
  const unknown = new Map<string, UnknownSet>();
  for (const { name: parameter, blocks } of parameters) {
    for (const { parameterSets, line } of blocks) {
      for (const { written, name } of partNames(parameterSets, sets)) {
        if (name !== undefined) continue;
        const set = unknown.get(written.toLowerCase()) ?? { name: written, users: new Set(), line };
        set.users.add(parameter.toLowerCase());
        unknown.set(written.toLowerCase(), set);
      }
    }
  }
  return unknown;
}

/** Whether a name in PARAMETERS is a remark on the set, as `(User)` is under the heading `User`. */
function isRemark(name: string): boolean {
  return /[()]/.test(name);
}

/** Pairs that fit best first, each item and each set once; a pair needs a parameter that both have. */
function pairs(
  free: readonly SyntaxItem[],
  sets: readonly UnknownSet[],
  syntax: Syntax,
  parameters: readonly DescribedParameter[],
): [SyntaxItem, UnknownSet][] {
  const scored = free.flatMap(item =>
    sets.map(set => {
      const common = [...set.users].filter(name => findIn(item, name) !== undefined).length;
      const strange = item.parameters.filter(({ name }) => isOfOthers(name, set, parameters)).length;
      return { item, set, common, strangers: set.users.size - common + strange };
    }),
  );
  const fitting = scored
    .filter(({ item, common, strangers }) => common > 0 && (syntax.unnamed.has(item) || common > strangers))
    .sort((a, b) => b.common - b.strangers - (a.common - a.strangers));
  const taken: [SyntaxItem, UnknownSet][] = [];
  const isFree = (item: SyntaxItem, set: UnknownSet) => !taken.some(([i, s]) => i === item || s === set);
  for (const { item, set } of fitting) if (isFree(item, set)) taken.push([item, set]);
  // Where one of each is left, they can only belong together.
  const leftItems = free.filter(item => syntax.unnamed.has(item) && !taken.some(([i]) => i === item));
  const leftSets = sets.filter(set => !taken.some(([, s]) => s === set));
  const [item, ...otherItems] = leftItems;
  const [set, ...otherSets] = leftSets;
  const isLast = item !== undefined && set !== undefined && otherItems.length === 0 && otherSets.length === 0;
  return isLast ? [...taken, [item, set]] : taken;
}

/** Whether PARAMETERS has a parameter in named sets, and not in this one. */
function isOfOthers(name: string, set: UnknownSet, parameters: readonly DescribedParameter[]): boolean {
  const described = parameters.find(parameter => parameter.name.toLowerCase() === name.toLowerCase());
  if (described === undefined || set.users.has(name.toLowerCase())) return false;
  return !described.blocks.some(({ parameterSets }) => parameterSets.includes(ALL_PARAMETER_SETS));
}

/** The one item that has every parameter of the set where PARAMETERS names it for none of them, or is spelled alike. */
function likelyItem(
  set: UnknownSet,
  syntax: Syntax,
  parameters: readonly DescribedParameter[],
): SyntaxItem | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const alike = syntax.items.filter(item => plain(item.parameterSetName) === plain(set.name));
  if (alike.length === 1) return alike[0];
  const users = parameters.filter(({ name }) => set.users.has(name.toLowerCase()));
  const named = new Set(users.flatMap(({ blocks }) => blocks.flatMap(block => block.parameterSets)).map(plain));
  const showing = syntax.items.filter(
    item =>
      !syntax.unnamed.has(item) &&
      !named.has(plain(item.parameterSetName)) &&
      users.every(({ name }) => findIn(item, name) !== undefined),
  );
  return showing.length === 1 ? showing[0] : undefined;
}

function addItem({ name, users, line }: UnknownSet, syntax: Syntax, findings: Findings): void {
  const item: SyntaxItem = {
    parameterSetName: name,
    isDefault: false,
    hasCommonParameters: syntax.items.some(({ hasCommonParameters }) => hasCommonParameters),
    parameters: [],
    line,
  };
  syntax.items.push(item);
  syntax.incomplete.add(item);
  report(
    { name, users, line },
    'it is taken as a set of its own, with the parameters that PARAMETERS has in it',
    findings,
    {
      sets: [name],
      members: ['syntax', 'parameterSets'],
    },
  );
}

/** Merges each syntax that has got no name into the set whose heading it repeats, or that it has most parameters of. */
function mergeUnnamed(syntax: Syntax, findings: Findings): void {
  const [first] = syntax.items;
  for (const [item, repeated] of syntax.unnamed) {
    const rest = syntax.items.filter(other => other !== item);
    const target =
      repeated ??
      (syntax.unnamed.size === syntax.items.length ? first : (bestFit(item, rest) ?? unnamedBefore(item, syntax)));
    if (target === undefined || target === item) continue;
    syntax.items = rest;
    const added = item.parameters.filter(({ name }) => findIn(target, name) === undefined);
    target.parameters.push(...added);
    target.isDefault ||= item.isDefault;
    const where =
      target.parameterSetName === UNNAMED_PARAMETER_SET ? 'one set' : `the set ${quoted(target.parameterSetName)}`;
    findings.add(
      repeated === undefined ? 'syntax-set-unnamed' : 'syntax-set-duplicate',
      item.line,
      repeated === undefined
        ? `This syntax has no heading with the name of its parameter set; with the one in line ${target.line} it is read as ${where}`
        : `The parameter set ${quoted(target.parameterSetName)} has a syntax in line ${target.line} already: both are read as one`,
      'Write `### Name` above each code block, with one syntax in each',
      // The name of a set without a heading may be nowhere on the page: all of SYNTAX hangs on the guess.
      { members: ['syntax', 'parameters'] },
    );
  }
}

/** The item that has no name either: no two sets may have one name. */
function unnamedBefore(item: SyntaxItem, { items }: Syntax): SyntaxItem | undefined {
  return items.slice(0, items.indexOf(item)).find(({ parameterSetName }) => parameterSetName === UNNAMED_PARAMETER_SET);
}

function bestFit(item: SyntaxItem, others: readonly SyntaxItem[]): SyntaxItem | undefined {
  const common = (other: SyntaxItem) => item.parameters.filter(({ name }) => findIn(other, name) !== undefined).length;
  return others
    .filter(other => common(other) > 0)
    .sort((a, b) => common(b) - common(a))
    .at(0);
}

function reportRead(
  set: UnknownSet,
  item: SyntaxItem,
  parameters: readonly DescribedParameter[],
  findings: Findings,
): void {
  report(set, `by its parameters it is read as ${quoted(item.parameterSetName)}`, findings, {
    parameters: usersOf(set, parameters),
    members: ['parameterSets'],
  });
}

function usersOf({ users }: UnknownSet, parameters: readonly DescribedParameter[]): string[] {
  return parameters.filter(({ name }) => users.has(name.toLowerCase())).map(({ name }) => name);
}

function report(
  { name, line }: UnknownSet,
  taken: string,
  findings: Findings,
  data: { parameters?: string[]; sets?: string[]; members: string[] },
): void {
  findings.add(
    'parameter-set-unknown',
    line,
    `PARAMETERS has the set ${quoted(name)}, which SYNTAX does not have: ${taken}`,
    "Write one of SYNTAX's sets or (All), or add the set to SYNTAX",
    data,
  );
}
