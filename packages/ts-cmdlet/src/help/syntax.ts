import { type Findings, quoted } from './diagnostic.ts';
import { isFenced, lineCounter } from './lex-markdown.ts';
import { type CommandHelp, type SyntaxItem, type SyntaxParameter, UNNAMED_PARAMETER_SET } from './model.ts';
import { reportText, type Section, splitSections } from './sections.ts';
import { type NotedSyntax, readSyntaxNotation } from './syntax-notation.ts';

/** What SYNTAX says. */
export type Syntax = {
  items: SyntaxItem[];
  /** False where a part could not be read, so that nothing can be concluded from what is absent. */
  isComplete: boolean;
  /** Lower-cased names of the parameters that a provider's items show. */
  providerParameters: Set<string>;
};

/**
 * Reads SYNTAX: a code block for each parameter set under a heading with the set's name, `(Default)` behind the default
 * one; PlatyPS leaves out the heading where there is but one set. In schema 2.0.0 every switch stands in brackets, so
 * that they do not tell whether it is required there.
 *
 * PowerShell's own help shows a set again as it is in the drives of one provider: `### Path (Default) - Registry
 * provider`. Such an item is reported and left out; `### Path (Default) - All providers` is the set itself.
 */
export function readSyntax(
  section: Section,
  commandName: string | undefined,
  schemaVersion: CommandHelp['schemaVersion'],
  findings: Findings,
): Syntax {
  const { before, sections } = splitSections(section.body, ({ token }) => token.type === 'heading');
  const syntax: Syntax = { items: [], isComplete: true, providerParameters: new Set() };
  const unnamed: Section = { ...section, body: before };
  const isUnnamed = sections.length === 0 || before.some(({ token }) => token.type === 'code');
  if (!isUnnamed) reportText(before, 'SYNTAX', 'Give it in DESCRIPTION; SYNTAX has code blocks alone', findings);

  for (const part of isUnnamed ? [unnamed, ...sections] : sections) {
    const heading = part === unnamed ? unnamedHeading : readHeading(part, findings);
    const noted = readBlocks(part, commandName, syntax, findings);
    if (heading.kind === 'set') {
      for (const { hasCommonParameters, parameters, line } of noted) {
        syntax.items.push({
          parameterSetName: heading.name,
          isDefault: heading.isDefault,
          hasCommonParameters,
          parameters: parameters.map(parameter => toSyntaxParameter(parameter, schemaVersion)),
          line,
        });
      }
    } else if (heading.kind === 'provider') {
      for (const { name } of noted.flatMap(one => one.parameters)) syntax.providerParameters.add(name.toLowerCase());
    }
    if (heading.kind === 'faulty' || noted.length === 0) syntax.isComplete = false;
  }
  if (syntax.items.length === 0 && syntax.providerParameters.size > 0) reportNoSet(section, findings);
  checkItems(syntax.items, findings);
  const [only] = syntax.items;
  // Where there is one set, it is the one that is used: PlatyPS does not mark it.
  if (syntax.items.length === 1 && only !== undefined) only.isDefault = true;
  return syntax;
}

type Heading = { kind: 'set'; name: string; isDefault: boolean } | { kind: 'provider' } | { kind: 'faulty' };

const unnamedHeading: Heading = { kind: 'set', name: UNNAMED_PARAMETER_SET, isDefault: false };

type LocatedSyntax = Omit<NotedSyntax, 'parameters'> & {
  line: number;
  parameters: (NotedSyntax['parameters'][number] & { line: number })[];
};

function readBlocks(
  section: Section,
  commandName: string | undefined,
  syntax: Syntax,
  findings: Findings,
): LocatedSyntax[] {
  const blocks = section.body.flatMap(({ token, line }) => (token.type === 'code' ? [{ token, line }] : []));
  reportText(
    section.body.filter(({ token }) => token.type !== 'code'),
    'SYNTAX',
    'Give it in DESCRIPTION; SYNTAX has code blocks alone',
    findings,
  );
  const located: LocatedSyntax[] = [];
  for (const { token, line } of blocks) {
    const lineOf = lineCounter(token.text, isFenced(token) ? line + 1 : line);
    const { syntaxes, faults } = readSyntaxNotation(token.text);
    for (const fault of faults) {
      syntax.isComplete = false;
      findings.add(
        'syntax-unreadable',
        lineOf(fault.offset),
        `SYNTAX has ${quoted(fault.text)}`,
        'Write -Name <Type>, [-Name <Type>], [-Name] <Type>, [[-Name] <Type>], -Switch, [-Switch] or [<CommonParameters>], parted by blanks',
      );
    }
    for (const one of syntaxes) {
      if (commandName !== undefined && one.commandName.toLowerCase() !== commandName.toLowerCase()) {
        findings.add(
          'command-name-mismatch',
          lineOf(one.offset),
          `SYNTAX is of ${quoted(one.commandName)}, the page of ${quoted(commandName)}`,
          'Give both the same name',
        );
      }
      if (one.hasWorkflowCommonParameters) {
        findings.add(
          'text-not-carried',
          lineOf(one.offset),
          'SYNTAX has workflow common parameters, which PowerShell 7 does not know',
          'Take [<WorkflowCommonParameters>] away',
        );
      }
      const parameters = one.parameters.map(parameter => ({ ...parameter, line: lineOf(parameter.offset) }));
      located.push({ ...one, parameters, line: lineOf(one.offset) });
    }
  }
  if (located.length === 0) {
    findings.add(
      'syntax-missing',
      section.line,
      `${quoted(section.title)} has no code block with a syntax`,
      'Put the output of `Get-Command -Syntax` in a fenced code block',
    );
  }
  return located;
}

function reportNoSet({ line }: Section, findings: Findings): void {
  findings.add(
    'syntax-missing',
    line,
    'SYNTAX has items of providers alone, and none of the command in every drive',
    'Add the syntax of each set as `### Name`, without a provider',
  );
}

function readHeading(section: Section, findings: Findings): Heading {
  const { line } = section;
  const title = section.title.replace(/\s+[-–—]\s+all providers$/i, '');
  if (/\s[-–—]\s.*\bproviders?\b/i.test(title)) {
    findings.add(
      'syntax-provider-item',
      line,
      `${quoted(title)} shows a set as it is in the drives of a provider, and is left out`,
      'Take the item away, or name it as a set; a module made from help has no dynamic parameters',
    );
    return { kind: 'provider' };
  }
  const isDefault = /\s*\(default\)$/i.test(title);
  const name = title.replace(/\s*\(default\)$/i, '');
  if (/\(default\)/i.test(name)) {
    findings.add(
      'syntax-set-name',
      line,
      `${quoted(title)} is no set name`,
      'Write the name of the set alone, with (Default) behind it for the default set',
    );
    return { kind: 'faulty' };
  }
  const isPseudo = name === '' || /^(?:\(all\)|__allparametersets)$/i.test(name);
  return { kind: 'set', name: isPseudo ? UNNAMED_PARAMETER_SET : name, isDefault };
}

function toSyntaxParameter(
  noted: LocatedSyntax['parameters'][number],
  schemaVersion: CommandHelp['schemaVersion'],
): SyntaxParameter {
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

function checkItems(items: SyntaxItem[], findings: Findings): void {
  const lines = new Map<string, number>();
  let defaultLine: number | undefined;
  for (const item of items) {
    const known = lines.get(item.parameterSetName.toLowerCase());
    if (item.parameterSetName === UNNAMED_PARAMETER_SET && items.length > 1) {
      findings.add(
        'syntax-set-unnamed',
        item.line,
        'SYNTAX has several items, and this one has no heading with the name of its parameter set',
        'Write `### Name` above each code block, with one syntax in each',
      );
    } else if (known !== undefined) {
      findings.add(
        'syntax-set-duplicate',
        item.line,
        `The parameter set ${quoted(item.parameterSetName)} has a syntax in line ${known} already`,
        'Give each set one heading and one syntax',
      );
    }
    lines.set(item.parameterSetName.toLowerCase(), item.line);
    if (item.isDefault && defaultLine !== undefined) {
      findings.add(
        'syntax-default-repeated',
        item.line,
        `The set in line ${defaultLine} is marked (Default) already`,
        'Mark one set alone',
      );
    }
    if (item.isDefault) defaultLine ??= item.line;
    const names = new Set<string>();
    for (const { name, line } of item.parameters) {
      if (names.has(name.toLowerCase())) {
        findings.add('syntax-parameter-duplicate', line, `The syntax has -${name} twice`, 'Leave one of the two');
      }
      names.add(name.toLowerCase());
    }
  }
}

/** The parameter of a name in an item of SYNTAX. PowerShell does not look at case. */
export function findIn(item: SyntaxItem | undefined, name: string): SyntaxParameter | undefined {
  return item?.parameters.find(parameter => parameter.name.toLowerCase() === name.toLowerCase());
}
