import { isSwitchType } from './type-names.ts';

/** A parameter as the notation shows it: what the brackets say is left to the reader of the schema. */
export type NotedParameter = {
  name: string;
  /** Absent where no `<Type>` follows. */
  type?: string;
  /** From `{A | B}`, which stands for a type. */
  acceptedValues?: string[];
  isBracketed: boolean;
  isPositional: boolean;
  /** Where the parameter begins in the text. */
  offset: number;
  /** Whether the piece is not in the notation, so that its name alone can be trusted. */
  isDoubtful?: true;
  /** Whether no hyphen precedes the name: it is a parameter only where PARAMETERS has it. */
  isUnhyphenated?: true;
};

/** One `Command -Parameter <Type> ...` of a syntax block. */
export type NotedSyntax = {
  commandName: string;
  offset: number;
  parameters: NotedParameter[];
  hasCommonParameters: boolean;
  hasWorkflowCommonParameters: boolean;
};

/** A piece that is not in the notation. */
export type NotationFault = { offset: number; text: string };

/**
 * Reads the text of a syntax block, in the notation of `Get-Command -Syntax` (about_Command_Syntax in PowerShell's help):
 * `-Name <Type>`, `[-Name <Type>]`, `[-Name] <Type>`, `[[-Name] <Type>]`, `-Switch`, `[-Switch]`,
 * `[<CommonParameters>]`, with `{A | B}` in place of a type, and line ends wherever there is a blank. The first
 * releases of the 2024-05-01 schema wrote `[[-Name <Type>]]` for an optional positional parameter; it is read as such.
 * Faults are returned, and reading continues after them: the names in them are parameters whose brackets say nothing.
 */
export function readSyntaxNotation(text: string): { syntaxes: NotedSyntax[]; faults: NotationFault[] } {
  const syntaxes: NotedSyntax[] = [];
  const faults: NotationFault[] = [];
  const scanner = new Scanner(text);
  for (scanner.blanks(); !scanner.atEnd; scanner.blanks()) {
    const offset = scanner.offset;
    const current = syntaxes.at(-1);
    const word = scanner.word();
    if (current === undefined || (word === current.commandName && atLineStart(text, offset))) {
      scanner.offset += word.length;
      syntaxes.push({
        commandName: word,
        offset,
        parameters: [],
        hasCommonParameters: false,
        hasWorkflowCommonParameters: false,
      });
      continue;
    }
    const item = readItem(scanner);
    if (item === undefined) {
      scanner.offset = offset;
      const fault = scanner.skipItem();
      faults.push({ offset, text: fault });
      recover(current, fault, offset);
    } else if ('common' in item) {
      if (item.common === 'commonparameters') current.hasCommonParameters = true;
      else current.hasWorkflowCommonParameters = true;
    } else {
      current.parameters.push({ ...item, offset });
    }
  }
  return { syntaxes, faults };
}

/** Takes the names of parameters from a piece that is not in the notation. */
function recover(current: NotedSyntax, fault: string, offset: number): void {
  if (/^\[*\s*<?commonparameters>?[\s\]]*$/i.test(fault)) {
    current.hasCommonParameters = true;
    return;
  }
  const hyphenated = [...fault.matchAll(HYPHENATED)];
  for (const [index, match] of hyphenated.entries()) {
    const piece = fault.slice(match.index, hyphenated[index + 1]?.index);
    const isBracketed = fault[match.index - 1] === '[';
    current.parameters.push({ ...doubtful(match[1] ?? '', piece, offset + match.index), isBracketed });
  }
  const [, bare] = /^\[*\s*([\p{L}_][\p{L}\p{N}_]*)(?=[\s\]]|$)/u.exec(fault) ?? [];
  if (hyphenated.length === 0 && bare !== undefined) {
    current.parameters.push({ ...doubtful(bare, fault, offset), isUnhyphenated: true });
  }
  const previous = current.parameters.at(-1);
  // What is no item of its own is a value without its brackets.
  if (hyphenated.length === 0 && bare === undefined && previous !== undefined) previous.isDoubtful = true;
}

const HYPHENATED = /(?<=^|[\s[\]>}])[-–—―]\[?([\p{L}_][\p{L}\p{N}_-]*)(?![^\s[\]<>{}|])/gu;

const PARAMETER_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

function doubtful(name: string, piece: string, offset: number): NotedParameter {
  const type = /<([^<>]+)>/.exec(piece)?.[1]?.trim();
  return {
    name,
    ...(type === undefined || type === '' ? {} : { type }),
    isBracketed: piece.startsWith('['),
    isPositional: false,
    offset,
    isDoubtful: true,
  };
}

type Item = Omit<NotedParameter, 'offset'> | { common: string };

function readItem(scanner: Scanner): Item | undefined {
  const opened = scanner.count('[');
  if (opened > 0) scanner.blanks();
  if (scanner.peek === '<') {
    const common = scanner.between('<', '>')?.toLowerCase();
    // A bracket more or less says nothing here.
    scanner.count(']');
    return scanner.atBoundary && (common === 'commonparameters' || common === 'workflowcommonparameters')
      ? { common }
      : undefined;
  }
  const name = scanner.parameterName();
  if (name === undefined || !PARAMETER_NAME.test(name) || opened > 2) return undefined;
  const closedBehindName = scanner.count(']', opened);
  const value = readValue(scanner);
  if (value === undefined) return undefined;
  const closedBehindValue = scanner.count(']', opened - closedBehindName);
  const isClosed = closedBehindName + closedBehindValue === opened && scanner.atBoundary;
  if (value === 'switch' && isClosed) return { name, isBracketed: opened > 0, isPositional: false };
  if (value === 'none') {
    return isClosed && opened <= 1 ? { name, isBracketed: opened === 1, isPositional: false } : undefined;
  }
  if (value === 'switch' || !isClosed || closedBehindName > 1) return undefined;
  const isPositional = closedBehindName === 1 || opened === 2;
  return { name, ...value, isBracketed: closedBehindValue > 0, isPositional };
}

type Value = { type?: string; acceptedValues?: string[] };

/** The value behind a name: `none` for a switch, `switch` where its type is told; undefined where it is not in the notation. */
function readValue(scanner: Scanner): Value | 'none' | 'switch' | undefined {
  const start = scanner.offset;
  scanner.blanks();
  // Some help has the value in brackets of its own: [-Name [<Type>]].
  const opened = scanner.count('[', 1);
  const isType = scanner.peek === '<';
  if (!isType && (scanner.peek !== '{' || opened > 0)) {
    scanner.offset = start;
    return 'none';
  }
  const type = isType ? scanner.between('<', '>')?.replace(/\s+/g, ' ').trim() : undefined;
  // The common parameters behind a mandatory switch are no type of it.
  if (type !== undefined && /^(?:workflow)?commonparameters$/i.test(type)) {
    scanner.offset = start;
    return 'none';
  }
  if (isType && (type === undefined || type === '' || scanner.count(']', opened) < opened)) return undefined;
  // A parameter within the brackets: the one that closes the type is missing.
  if (type !== undefined && /(?:^|[\s[])[-–—―][\p{L}_]/u.test(type)) return undefined;
  const acceptedValues = readAcceptedValues(scanner);
  if (acceptedValues === undefined) return undefined;
  if (type !== undefined && isSwitchType(type) && acceptedValues.length === 0) return 'switch';
  return { ...(type === undefined ? {} : { type }), ...(acceptedValues.length === 0 ? {} : { acceptedValues }) };
}

/** `{A | B}`, alone or behind a type; empty where there is none. */
function readAcceptedValues(scanner: Scanner): string[] | undefined {
  const start = scanner.offset;
  scanner.blanks();
  if (scanner.peek !== '{') {
    scanner.offset = start;
    return [];
  }
  const values = scanner
    .between('{', '}')
    ?.split('|')
    .map(value => value.trim());
  return values?.every(value => value !== '') ? values : undefined;
}

function atLineStart(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset));
}

class Scanner {
  offset = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get peek(): string {
    return this.text.charAt(this.offset);
  }

  /** Whether an item can end here: at a blank, at the end, or where the next bracket opens. */
  get atBoundary(): boolean {
    return this.atEnd || /[\s[]/.test(this.peek);
  }

  blanks(): void {
    this.match(/\s*/y);
  }

  word(): string {
    return this.look(/\S+/y);
  }

  /** Takes as many of `character` as there are, at most `most`; blanks may stand before a closing bracket. */
  count(character: string, most = Number.POSITIVE_INFINITY): number {
    let count = 0;
    if (character === ']') this.match(/\s+(?=\])/y);
    for (; count < most && this.peek === character; count++) this.offset++;
    return count;
  }

  /** A name behind a hyphen, or behind a dash into which an editor turned it: PowerShell takes both. */
  parameterName(): string | undefined {
    const dashed = this.match(/[-–—―][^\s[\]<>{}|]+/y);
    return dashed === '' ? undefined : dashed.slice(1);
  }

  /** What stands between two brackets, nested ones included; no type is longer than the limit. */
  between(open: string, close: string): string | undefined {
    const start = this.offset;
    let depth = 0;
    for (; !this.atEnd && this.offset - start < 4000; this.offset++) {
      if (this.peek === open) depth++;
      if (this.peek === close && --depth === 0) return this.text.slice(start + 1, this.offset++);
    }
    return undefined;
  }

  /** Passes over a faulty item, up to what looks like the next one. */
  skipItem(): string {
    return this.match(/\S+(?:\s+(?![[\-–—―])\S+)*/y).trim();
  }

  private match(pattern: RegExp): string {
    const found = this.look(pattern);
    this.offset += found.length;
    return found;
  }

  private look(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    return pattern.exec(this.text)?.[0] ?? '';
  }
}
