import { type Findings, quoted } from './diagnostic.ts';
import { isFenced, lineCounter } from './lex-markdown.ts';
import { reportText, type Section } from './sections.ts';
import { type NotedSyntax, readSyntaxNotation } from './syntax-notation.ts';

/** The names that PARAMETERS has, in lower case: of parameters, and of the sets in its yaml blocks. */
export type DescribedNames = { parameters: ReadonlySet<string>; sets: ReadonlySet<string> };

/** What a syntax is of: a set, whose name is written or not, or a set as it is in the drives of one provider. */
export type SyntaxHeading =
  | { kind: 'set'; name: string; isDefault: boolean; isWritten: boolean }
  | { kind: 'provider' };

/** A parameter of a syntax, with its line in the file. */
export type LocatedParameter = NotedSyntax['parameters'][number] & { line: number };

/** A syntax with its line in the file. */
export type LocatedSyntax = Omit<NotedSyntax, 'parameters'> & { line: number; parameters: LocatedParameter[] };

/** Whether a token is a syntax: a code block, or text that begins with the command's name. */
export function isSyntaxBlock(token: Section['body'][number]['token'], commandName: string | undefined): boolean {
  if (token.type === 'code') return true;
  if (token.type !== 'paragraph' || commandName === undefined) return false;
  const [first] = token.raw.trimStart().split(/\s/, 1);
  return first?.toLowerCase() === commandName.toLowerCase() && /\s-|\s\\?\[|^\S+\s*$/.test(token.raw);
}

/** Reads the syntaxes of a section, and reports what is not in the notation. */
export function readSyntaxBlocks(
  section: Section,
  commandName: string | undefined,
  heading: SyntaxHeading,
  described: DescribedNames,
  findings: Findings,
): LocatedSyntax[] {
  const blocks = section.body.flatMap(({ token, line }) => {
    if (!isSyntaxBlock(token, commandName)) return [];
    if (token.type === 'code') return [{ text: token.text, line: isFenced(token) ? line + 1 : line }];
    findings.add(
      'syntax-not-fenced',
      line,
      `SYNTAX has ${quoted(token.raw)} outside of a code block, and it is read as a syntax`,
      'Put it in a fenced code block',
    );
    return [{ text: token.raw.replace(/\\(?=[[\]<>|{}])/g, ''), line }];
  });
  reportText(
    section.body.filter(({ token }) => !isSyntaxBlock(token, commandName)),
    'SYNTAX',
    'Give it in DESCRIPTION; SYNTAX has code blocks alone',
    findings,
  );
  const sets = heading.kind === 'set' && heading.isWritten ? { sets: [heading.name] } : {};
  const located: LocatedSyntax[] = [];
  for (const { text, line } of blocks) {
    if (/^ {0,3}#{1,6} /m.test(text)) {
      findings.add(
        'code-fence-unclosed',
        line,
        'The code block of this syntax has a heading in it, so that its fence was never closed',
        'Close it with a line of as many backticks or tildes',
      );
      continue;
    }
    const lineOf = lineCounter(text, line);
    const { syntaxes, faults } = readSyntaxNotation(text);
    for (const one of syntaxes) {
      const offset = one.offset;
      if (commandName !== undefined && one.commandName.toLowerCase() !== commandName.toLowerCase()) {
        findings.add(
          'command-name-mismatch',
          lineOf(offset),
          `SYNTAX is of ${quoted(one.commandName)}, the page of ${quoted(commandName)}, which is taken`,
          'Give both the same name',
        );
      }
      if (one.hasWorkflowCommonParameters) {
        findings.add(
          'text-not-carried',
          lineOf(offset),
          'SYNTAX has workflow common parameters, which PowerShell 7 does not know',
          'Take [<WorkflowCommonParameters>] away',
        );
      }
      const parameters = recognized(one.parameters, described).map(parameter => ({
        ...parameter,
        line: lineOf(parameter.offset),
      }));
      located.push({ ...one, parameters, line: lineOf(offset) });
    }
    const doubtful = located.flatMap(one => one.parameters).filter(({ isDoubtful }) => isDoubtful);
    for (const { offset, text: fault } of faults) {
      const names = doubtful.filter(parameter => isOfFault(parameter, offset, fault)).map(({ name }) => name);
      const before = located.at(-1)?.parameters.findLast(parameter => parameter.offset < offset);
      findings.add(
        'syntax-unreadable',
        lineOf(offset),
        names.length === 0
          ? `SYNTAX has ${quoted(fault)}, which is not in its notation, and is left out`
          : `SYNTAX has ${quoted(fault)}, which is not in its notation: -${names.join(', -')} is read there, as PARAMETERS describes it`,
        'Write -Name <Type>, [-Name <Type>], [-Name] <Type>, [[-Name] <Type>], -Switch, [-Switch] or [<CommonParameters>], parted by blanks',
        {
          parameters: names.length === 0 && before !== undefined ? [before.name] : names,
          ...sets,
          members: ['type', 'acceptedValues', 'isRequired', 'isPositional', 'parameterSets'],
        },
      );
    }
  }
  return located;
}

function isOfFault(parameter: LocatedParameter, offset: number, fault: string): boolean {
  return parameter.offset >= offset && parameter.offset < offset + fault.length;
}

/** Without a hyphen only what PARAMETERS describes is a parameter; anything else is a value of the one before. */
function recognized(noted: NotedSyntax['parameters'], { parameters }: DescribedNames): NotedSyntax['parameters'] {
  return noted.flatMap((parameter, index): NotedSyntax['parameters'] => {
    if (parameter.isUnhyphenated && !parameters.has(parameter.name.toLowerCase())) return [];
    const next = noted[index + 1];
    const hasValue = next?.isUnhyphenated && !parameters.has(next.name.toLowerCase());
    return [hasValue ? { ...parameter, isDoubtful: true as const } : parameter];
  });
}
