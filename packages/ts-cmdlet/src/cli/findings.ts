import { PackageMissingError } from '../build/package-closure.ts';
import { CoreFailedError } from '../build/try-core.ts';
import { systemReason, WriteError } from '../generate/replace-files.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import { type ModuleProject, shownPath } from './module-project.ts';

/** What the command line finds beside the help reader and the generators, by stable codes. All are errors unless they say so. */
export const CLI_CODES = {
  'file-missing': 'A file that the settings name does not exist.',
  'file-unusable': 'A file or a folder cannot be read or written.',
  'package-missing': 'A package of externalPackages is not installed.',
  'package-not-linked': 'The new module has no node_modules: this package cannot be linked there.',
  'bundle-failed': 'The handlers cannot be bundled: a syntax error, or an import that leads nowhere.',
  'bundle-warning': 'Warning: esbuild finds something doubtful in the handlers or their packages.',
  'package-not-bundled':
    'A package cannot be bundled, or as a warning may not work in a bundle: it belongs into externalPackages.',
  'place-of-bundle': 'Warning: a handler asks for its own folder, which is that of the core in a module.',
  'core-failed': 'The core does not start away from the project, as it must where the module is installed.',
  'entry-failed': 'The entry of the core fails when it is loaded, or it serves no cmdlets.',
  'handler-missing':
    'Warning: a cmdlet of the help has no handler: it is exported, and each call ends with NotImplemented.',
  'handler-without-help': 'There is a handler for a cmdlet that no help page describes.',
  'type-error':
    'The handlers do not fit the types that the help gives, or are no valid TypeScript; a name that is not used yet is a warning.',
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

/** Tells of a file that cannot be used, or of a package that is not there. Any other error is thrown again. */
export function faultFinding(error: unknown, project: ModuleProject): HelpDiagnostic {
  if (error instanceof PackageMissingError) {
    const expected = `Run npm install in ${shownPath(project.root)}`;
    return finding('package-missing', { file: shownPath(project.settings) }, error.message, expected);
  }
  if (error instanceof CoreFailedError) {
    const message = `Away from the project the core fails: ${error.message}`;
    const expected =
      'Expected packages that name what they need in their dependencies, and handlers that read files by import.meta.url';
    return finding('core-failed', { file: shownPath(project.entry) }, message, expected);
  }
  if (error instanceof WriteError) return writeFailed(error);
  if (!(error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error)) throw error;
  const message = `It cannot be used (${String(error.syscall)}): ${systemReason(error)}`;
  return finding(
    'file-unusable',
    { file: shownPath(String(error.path)) },
    message,
    'Expected a place that can be read and written',
  );
}

/** Tells of a file that cannot be written, as on a full disk. */
export function writeFailed({ file, reason }: WriteError): HelpDiagnostic {
  const expected = 'Expected a place that can be written, with room for it';
  return finding('file-unusable', { file: shownPath(file) }, `It cannot be written: ${reason}`, expected);
}
