import type { HelpDiagnostic } from '../help/diagnostic.ts';

/** What can keep a module from being generated, by stable codes. All are errors. */
export const GENERATE_CODES = {
  'help-missing': 'There is no help to generate from.',
  'command-name-unusable': 'The cmdlet has a name that no function can be given.',
  'command-repeated': 'Two help pages describe the same cmdlet.',
  'help-file-unusable': 'The name of the MAML file is not a plain file name.',
  'parameter-name-unusable':
    'The parameter has a name that no variable can have, or one that PowerShell keeps for itself.',
  'alias-unusable': 'An alias is not a plain name.',
  'name-repeated': 'Two parameters of a cmdlet share a name or an alias.',
  'parameter-without-set': 'The parameter is in none of the sets of SYNTAX.',
  'type-unsupported': 'The parameter has a type that the generators do not know.',
  'values-unusable': 'The accepted values are none that the type can have.',
  'enum-conflict': 'Two parameters name the same enum and differ in its values or its spelling.',
  'module-name-conflict': 'A help page is of another module than the settings.',
  'settings-invalid': 'The settings are not JSON or not of their schema.',
  'settings-name-unknown': 'The settings name something that the help does not have.',
} as const;
export type GenerateCode = keyof typeof GENERATE_CODES;

/** One reason why nothing was generated: a help diagnostic with a code of the generators. */
export type GenerateDiagnostic = Omit<HelpDiagnostic, 'code'> & { code: GenerateCode };

/** Why nothing was generated: every problem that was found, each with its place in the help or the settings. */
export class GenerateError extends Error {
  readonly diagnostics: readonly GenerateDiagnostic[];

  constructor(diagnostics: readonly GenerateDiagnostic[]) {
    super(diagnostics.map(formatProblem).join('\n'));
    this.name = 'GenerateError';
    this.diagnostics = diagnostics;
  }
}

/** An error at a place in the help or the settings: what is wrong, and what was expected. */
export function problem(
  at: { file: string; line: number },
  code: GenerateCode,
  message: string,
  expected: string,
): GenerateDiagnostic {
  return { severity: 'error', code, file: at.file, line: at.line, message, expected };
}

/** Throws when there are problems. */
export function throwProblems(problems: readonly GenerateDiagnostic[]): void {
  if (problems.length > 0) {
    throw new GenerateError(problems);
  }
}

/** One line, in the form of the help reader's: control characters in the help's names must not forge another. */
function formatProblem({ file, line, severity, code, message, expected }: GenerateDiagnostic): string {
  return `${file}:${line}: ${severity} ${code}: ${message} ${expected}`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
