import { type Findings, quoted } from './diagnostic.ts';
import type { CommandHelp, SyntaxItem, SyntaxParameter } from './model.ts';
import { UNNAMED_PARAMETER_SET } from './parameter-set-names.ts';
import type { Parameters } from './parameters.ts';
import { reportText, type Section, splitSections } from './sections.ts';
import {
  type DescribedNames,
  isSyntaxBlock,
  type LocatedParameter,
  type LocatedSyntax,
  readSyntaxBlocks,
  type SyntaxHeading,
} from './syntax-blocks.ts';

/** What SYNTAX says. */
export type Syntax = {
  items: SyntaxItem[];
  schemaVersion: CommandHelp['schemaVersion'];
  /** Items without a heading of their own; those that repeat a heading have the item that had it first. */
  unnamed: Map<SyntaxItem, SyntaxItem | undefined>;
  /** Items of which nothing can be concluded from what is absent. */
  incomplete: Set<SyntaxItem>;
  /** Parameters of which the name alone could be read. */
  doubtful: Set<SyntaxParameter>;
  /** The headings of items that show a set in the drives of one provider. */
  providerItems: { title: string; line: number }[];
  /** What those items show, by lower-cased name. */
  providerParameters: Map<string, SyntaxParameter>;
};

/** Collects the names that PARAMETERS has. */
export function describedNames(described: Parameters): DescribedNames {
  const sets = new Set<string>();
  for (const { blocks } of described.parameters) {
    for (const { parameterSets } of blocks) for (const set of parameterSets) sets.add(set.toLowerCase());
  }
  return { parameters: describedParameters(described), sets };
}

/** Collects the lower-cased names of the parameters that PARAMETERS has. */
export function describedParameters({ parameters, unreadable }: Parameters): Set<string> {
  return new Set([...parameters.map(({ name }) => name.toLowerCase()), ...unreadable]);
}

/**
 * Reads SYNTAX: a code block for each parameter set under a heading with the set's name, `(Default)` behind the default
 * one; PlatyPS leaves out the heading where there is but one set. In schema 2.0.0 every switch stands in brackets, so
 * that they do not tell whether it is required there. `described` tells names from slips.
 *
 * PowerShell's own help shows a set again as it is in the drives of one provider: `### Path (Default) - Registry
 * provider`. `### Path (Default) - All providers` is the set itself.
 */
export function readSyntax(
  section: Section,
  commandName: string | undefined,
  schemaVersion: CommandHelp['schemaVersion'],
  described: DescribedNames,
  findings: Findings,
): Syntax {
  const { before, sections } = splitSections(section.body, ({ token }) => token.type === 'heading');
  const syntax: Syntax = {
    items: [],
    schemaVersion,
    unnamed: new Map(),
    incomplete: new Set(),
    doubtful: new Set(),
    providerItems: [],
    providerParameters: new Map(),
  };
  const unnamed: Section = { ...section, body: before };
  const isUnnamed = sections.length === 0 || before.some(({ token }) => isSyntaxBlock(token, commandName));
  if (!isUnnamed) reportText(before, 'SYNTAX', 'Give it in DESCRIPTION; SYNTAX has code blocks alone', findings);

  for (const part of isUnnamed ? [unnamed, ...sections] : sections) {
    const heading = part === unnamed ? unnamedHeading : readHeading(part, findings);
    const noted = readSyntaxBlocks(part, commandName, heading, described, findings);
    if (heading.kind === 'set') addItems(syntax, heading, noted, schemaVersion, described, part, findings);
    else addProvider(syntax, part, noted, schemaVersion);
  }
  if (syntax.items.length === 0) reportNoSet(section, syntax, findings);
  checkItems(syntax.items, findings);
  return syntax;
}

const unnamedHeading: SyntaxHeading = { kind: 'set', name: UNNAMED_PARAMETER_SET, isDefault: false, isWritten: false };

function addItems(
  syntax: Syntax,
  { name, isDefault, isWritten }: SyntaxHeading & { kind: 'set' },
  noted: LocatedSyntax[],
  schemaVersion: CommandHelp['schemaVersion'],
  described: DescribedNames,
  { title, line }: Section,
  findings: Findings,
): void {
  if (noted.length === 0 && isWritten) {
    const isSet = described.sets.has(name.toLowerCase());
    findings.add(
      'syntax-block-missing',
      line,
      `${quoted(title)} in SYNTAX has no code block with a syntax${isSet ? '; the set is taken from PARAMETERS' : ', and is left out'}`,
      'Put the output of `Get-Command -Syntax` in a fenced code block',
      { sets: [name], members: ['syntax'] },
    );
    if (!isSet) return;
  }
  const known = syntax.items.find(item => isWritten && item.parameterSetName.toLowerCase() === name.toLowerCase());
  const empty = { hasCommonParameters: true, parameters: [], line };
  for (const [index, one] of (noted.length === 0 && isWritten ? [empty] : noted).entries()) {
    const parameters = one.parameters.map(parameter => ({
      noted: parameter,
      shown: toSyntaxParameter(parameter, schemaVersion),
    }));
    const item: SyntaxItem = {
      parameterSetName: name,
      isDefault: isDefault && index === 0,
      hasCommonParameters: one.hasCommonParameters,
      parameters: parameters.map(({ shown }) => shown),
      line: one.line,
    };
    const first = known ?? (index > 0 && isWritten ? syntax.items.at(-index) : undefined);
    if (!isWritten || first !== undefined) syntax.unnamed.set(item, first);
    if (noted.length === 0) syntax.incomplete.add(item);
    for (const parameter of parameters) if (parameter.noted.isDoubtful) syntax.doubtful.add(parameter.shown);
    syntax.items.push(item);
  }
}

function addProvider(
  syntax: Syntax,
  { title, line }: Section,
  noted: LocatedSyntax[],
  schemaVersion: CommandHelp['schemaVersion'],
): void {
  syntax.providerItems.push({ title, line });
  for (const parameter of noted.flatMap(one => one.parameters)) {
    const key = parameter.name.toLowerCase();
    if (!syntax.providerParameters.has(key)) {
      syntax.providerParameters.set(key, toSyntaxParameter(parameter, schemaVersion));
    }
  }
}

function reportNoSet({ line, title }: Section, { providerItems }: Syntax, findings: Findings): void {
  findings.add(
    'syntax-missing',
    line,
    providerItems.length > 0
      ? 'SYNTAX has items of providers alone, and none of the command in every drive'
      : `${quoted(title)} has no code block with a syntax`,
    providerItems.length > 0
      ? 'Add the syntax of each set as `### Name`, without a provider'
      : 'Put the output of `Get-Command -Syntax` in a fenced code block',
  );
}

function readHeading(section: Section, findings: Findings): SyntaxHeading {
  const title = section.title.replace(/\s+[-–—]\s+all providers$/i, '');
  if (/\s[-–—]\s.*\bproviders?\b/i.test(title)) return { kind: 'provider' };
  const [, name = '', after] = /^(.*?)\s*(?:\(default\)\s*(.*))?$/i.exec(title) ?? [];
  if (after !== undefined && after !== '') {
    findings.add(
      'syntax-set-name',
      section.line,
      `${quoted(title)} has a text behind (Default), and is read as the default set ${quoted(name)}`,
      'Write the name of the set alone, with (Default) behind it for the default set',
      { sets: [name], members: ['syntax'] },
    );
  }
  const isPseudo = name === '' || /^(?:\(all\)|__allparametersets)$/i.test(name);
  return {
    kind: 'set',
    name: isPseudo ? UNNAMED_PARAMETER_SET : name,
    isDefault: after !== undefined,
    isWritten: true,
  };
}

function toSyntaxParameter(noted: LocatedParameter, schemaVersion: CommandHelp['schemaVersion']): SyntaxParameter {
  const { name, type, acceptedValues, isBracketed, isPositional, line } = noted;
  const isSwitch = type === undefined && acceptedValues === undefined;
  const tells = !isSwitch || !isBracketed || schemaVersion !== '2.0.0';
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(acceptedValues === undefined ? {} : { acceptedValues }),
    ...(tells ? { isRequired: !isBracketed } : {}),
    isPositional,
    line,
  };
}

/** Leaves the first of what may be there once. */
function checkItems(items: SyntaxItem[], findings: Findings): void {
  let marked: SyntaxItem | undefined;
  for (const item of items) {
    if (item.isDefault && marked !== undefined) {
      item.isDefault = false;
      findings.add(
        'syntax-default-repeated',
        item.line,
        `The set ${quoted(marked.parameterSetName)} in line ${marked.line} is marked (Default) already, and is taken`,
        'Mark one set alone',
        { sets: [marked.parameterSetName, item.parameterSetName], members: ['isDefault'] },
      );
    }
    if (item.isDefault) marked ??= item;
    const names = new Set<string>();
    item.parameters = item.parameters.filter(({ name, line }) => {
      const isRepeated = names.has(name.toLowerCase());
      names.add(name.toLowerCase());
      if (isRepeated) {
        findings.add(
          'syntax-parameter-duplicate',
          line,
          `The syntax has -${name} twice, and the first is taken`,
          'Leave one of the two',
          { parameters: [name], sets: [item.parameterSetName], members: ['type', 'isRequired', 'isPositional'] },
        );
      }
      return !isRepeated;
    });
  }
}

/** The parameter of a name in an item of SYNTAX. PowerShell does not look at case. */
export function findIn(item: SyntaxItem | undefined, name: string): SyntaxParameter | undefined {
  // Of the parameters of a page each is looked for in each set: most are told apart by their length.
  return item?.parameters.find(
    parameter =>
      parameter.name.length === name.length &&
      (parameter.name === name || parameter.name.toLowerCase() === name.toLowerCase()),
  );
}
