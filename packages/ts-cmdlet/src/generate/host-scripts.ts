import { GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';

/** The hand-written PowerShell of every module. */
export interface HostScripts {
  /** The functions that a module has of its host: the beginning of its `.psm1`. */
  readonly start: string;
  /** The statements that load the host, once the script has said what the host is to know. */
  readonly hostImport: string;
  /** What the module's own PowerShell is loaded with. */
  readonly errorRecords: string;
}

/** The file that the module's own PowerShell is loaded with: it defines `New-ErrorRecord`. */
export const ERROR_RECORDS_FILE = 'ErrorRecords.ps1';

/** The first line of a module's `.psm1`, which the host's PowerShell follows. */
export const SCRIPT_NOTE = `# ${GENERATED_NOTE}\n`;

/** The line of a generated `.psm1` that the statements which load the host take the place of. */
export const IMPORT_PLACE = '# The host is loaded here.\n';

/** Completes the generated files of a module with the host's PowerShell. */
export function addHostScripts(
  module: readonly GeneratedFile[],
  { start, hostImport, errorRecords }: HostScripts,
  hasOwnScripts: boolean,
): GeneratedFile[] {
  const complete = (script: string) =>
    script.replace(SCRIPT_NOTE, note => `${note}\n${start}`).replace(IMPORT_PLACE, () => hostImport);
  const completed = module.map(({ path, content }) => ({
    path,
    content: path.endsWith('.psm1') ? complete(content) : content,
  }));
  return hasOwnScripts ? [...completed, { path: ERROR_RECORDS_FILE, content: errorRecords }] : completed;
}
