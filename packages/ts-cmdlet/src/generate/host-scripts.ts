import { GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';

/** The hand-written PowerShell of every module. */
export interface HostScripts {
  /** What a module needs at its import: the beginning of its `.psm1`, whose statements call its functions. */
  readonly start: string;
  /** What the module's own PowerShell is loaded with. */
  readonly errorRecords: string;
}

/** The file that the module's own PowerShell is loaded with: it defines `New-ErrorRecord`. */
export const ERROR_RECORDS_FILE = 'ErrorRecords.ps1';

/** The first line of a module's `.psm1`, which the host's PowerShell follows. */
export const SCRIPT_NOTE = `# ${GENERATED_NOTE}\n`;

/** Completes the generated files of a module with the host's PowerShell. */
export function addHostScripts(
  module: readonly GeneratedFile[],
  { start, errorRecords }: HostScripts,
  hasOwnScripts: boolean,
): GeneratedFile[] {
  const completed = module.map(({ path, content }) => {
    return {
      path,
      content: path.endsWith('.psm1') ? content.replace(SCRIPT_NOTE, note => `${note}\n${start}`) : content,
    };
  });
  return hasOwnScripts ? [...completed, { path: ERROR_RECORDS_FILE, content: errorRecords }] : completed;
}
