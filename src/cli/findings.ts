import type { HelpDiagnostic } from '../help/diagnostic.ts';

/** What the command line finds beside the help reader and the generators, by stable codes. All are errors. */
export const CLI_CODES = {
  'file-missing': 'A file that the settings name does not exist.',
  'bundle-failed': 'The handlers cannot be bundled: a syntax error, or an import that leads nowhere.',
  'entry-failed': 'The entry of the core fails when it is loaded, or it serves no cmdlets.',
  'handler-missing': 'A cmdlet of the help has no handler.',
  'handler-without-help': 'There is a handler for a cmdlet that no help page describes.',
  'type-error': 'The handlers do not fit the types that the help gives, or are no valid TypeScript.',
  'output-missing': 'A generated file is not there.',
  'output-different': 'A generated file is not what the help and the settings give now.',
  'output-stale': 'A generated file is of a cmdlet or a language that the help does not have any more.',
} as const;
export type CliCode = keyof typeof CLI_CODES;

/** An error at a place: what is wrong, and what was expected or what to do. */
export function finding(
  code: CliCode,
  at: { readonly file: string; readonly line?: number },
  message: string,
  expected: string,
): HelpDiagnostic {
  return { severity: 'error', code, file: at.file, line: at.line ?? 1, message, expected };
}
