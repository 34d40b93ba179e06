import { formatDiagnostic, type HelpDiagnostic, hasErrors } from '../help/diagnostic.ts';

/** What can be wrong with help or settings for a module, by stable codes. All are errors unless they say so. */
export const GENERATE_CODES = {
  'help-missing': 'There is no help to generate from.',
  'command-name-unusable': 'The cmdlet has a name that no function can be given.',
  'command-repeated': 'Two help pages describe the same cmdlet.',
  'help-file-unusable': "Warning: the name of the MAML file is not a plain file name: the module's own is taken.",
  'parameter-name-unusable':
    'The parameter has a name that no variable can have, or one that PowerShell keeps for itself.',
  'alias-unusable': 'Warning: an alias is not a plain name, or PowerShell keeps it for itself: it is left out.',
  'name-repeated': 'Warning: an alias is a name that another parameter or another cmdlet has: it is left out.',
  'parameter-sets-too-many': 'The cmdlet has more parameter sets than PowerShell allows.',
  'confirm-impact-unusable': 'The settings give a confirm impact to a cmdlet that never asks.',
  'parameter-without-set': 'The parameter is in none of the sets of SYNTAX.',
  'type-unsupported': 'The parameter has a type that the generators do not know.',
  'type-cannot-cross': "The parameter has a type whose values can't leave PowerShell's process.",
  'type-not-described':
    'Warning: a parameter is of a class that no INPUTS or OUTPUTS names: it takes any value as it is.',
  'parameter-left-out':
    'Warning: a parameter is left out that no module can have, with the sets in which it is mandatory.',
  'command-left-out': 'Warning: a cmdlet is left out, because no set of it can be built.',
  'should-process-incomplete': 'Warning: the help has one of -WhatIf and -Confirm; PowerShell gives a cmdlet both.',
  'values-unusable':
    'Warning: the accepted values are none that the type can have: they are ignored, or restrict a text.',
  'enum-conflict':
    'Warning: two parameters spell an enum or its values differently: the spelling of the longest list is taken.',
  'module-name-spelling': 'Warning: a help page writes the name of the module in another case than the settings.',
  'module-name-conflict': 'A help page is of another module than the settings.',
  'module-page-conflict': "The module's page says another thing than the settings.",
  'topic-name-unusable': 'A conceptual topic has a name that is no plain file name.',
  'topic-repeated': 'Two pages of a language are of the same conceptual topic.',
  'culture-repeated': 'There are two folders of help in one language.',
  'translation-unknown': 'Warning: a translation tells of what the help does not have.',
  'translation-missing': 'Warning: a language lacks a page or a parameter.',
  'online-version-unusable': 'Warning: the online version is no address that a browser can open.',
  'path-parameter-unusable': 'The settings have paths resolved of a parameter that is no text.',
  'secret-parameter-unusable': 'The settings let a parameter take a SecureString that is no String, or is checked.',
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
    super(diagnostics.map(formatDiagnostic).join('\n'));
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

/** A warning at a place: what is doubtful and what is done, and what was expected. */
export function warning(
  at: { file: string; line: number },
  code: GenerateCode,
  message: string,
  expected: string,
): GenerateDiagnostic {
  return { ...problem(at, code, message, expected), severity: 'warning' };
}

/** Throws when there are errors. */
export function throwProblems(problems: readonly GenerateDiagnostic[]): void {
  if (hasErrors(problems)) {
    throw new GenerateError(problems);
  }
}
