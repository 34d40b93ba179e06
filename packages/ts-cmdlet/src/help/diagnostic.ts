import { DIAGNOSTIC_CODES, type DiagnosticCode } from './diagnostic-codes.ts';

/**
 * The members of the model that a guess decided. Without parameters they are members of the command's help, `syntax` for
 * the items of `sets` alone; with some, of these in PARAMETERS and in the items of SYNTAX. `sets` is absent where all are meant;
 * `parameterSets` stands for whether a parameter is in a set.
 */
export type GuessedMembers = {
  parameters?: readonly string[];
  sets?: readonly string[];
  members: readonly string[];
};

/** One finding on a help page. The codes, their severities and meanings are in `diagnostic-codes.ts`. */
export type HelpDiagnostic = {
  severity: 'error' | 'warning';
  /** Stable; one of `diagnostic-codes.ts` where this reader made the finding. */
  code: string;
  /** The page as it was given to the reader. */
  file: string;
  /** 1-based, in the file, front matter included. */
  line: number;
  /** What is wrong. */
  message: string;
  /** What was expected, or what to do. */
  expected: string;
  /** Present where the reader took a guess: what of the model it decided. */
  data?: GuessedMembers;
};

/** One line for a terminal or a log: `file:line: error code: message. expected`. */
export function formatDiagnostic(diagnostic: HelpDiagnostic): string {
  const { file, line, severity, code, message, expected } = diagnostic;
  return oneLine(`${file}:${line}: ${severity} ${code}: ${sentence(message)} ${sentence(expected)}`);
}

/** Whether a finding among these is an error, and not just a warning. */
export function hasErrors(diagnostics: readonly Pick<HelpDiagnostic, 'severity'>[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Thrown by callers that cannot go on with erroneous help; its message holds every finding, one a line. */
export class HelpError extends Error {
  readonly diagnostics: readonly HelpDiagnostic[];

  constructor(diagnostics: readonly HelpDiagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join('\n'));
    this.name = 'HelpError';
    this.diagnostics = diagnostics;
  }
}

/** Collects the findings on one page; a code's severity comes from the table. */
export class Findings {
  readonly diagnostics: HelpDiagnostic[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  add(code: DiagnosticCode, line: number, message: string, expected: string, data?: GuessedMembers): void {
    const severity = DIAGNOSTIC_CODES[code][0];
    this.diagnostics.push({ severity, code, file: this.file, line, message, expected, ...(data && { data }) });
  }

  get hasErrors(): boolean {
    return hasErrors(this.diagnostics);
  }

  /** In the order of the lines; findings on one line stay in the order in which they were made. */
  sorted(): HelpDiagnostic[] {
    return this.diagnostics.toSorted((a, b) => a.line - b.line);
  }
}

/** A piece of the page for a message: short, in one line, between quotes. */
export function quoted(text: string): string {
  const line = oneLine(text);
  return `'${line.length > 80 ? `${line.slice(0, 77)}...` : line}'`;
}

// Control characters would let a page forge lines of a log or colour a terminal.
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
