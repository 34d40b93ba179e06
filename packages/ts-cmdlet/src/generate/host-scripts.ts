import { GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';

/** The hand-written PowerShell of every module. */
export interface HostScripts {
  /** What a module needs at its import: the beginning of its `.psm1`, whose statements call its functions. */
  readonly start: string;
  /** What its first call loads: its `ModuleHost.ps1`. */
  readonly host: string;
}

/** The file that a module's first call loads: it defines `Invoke-CoreCmdlet`. */
export const MODULE_HOST_FILE = 'ModuleHost.ps1';

/** The first line of a module's `.psm1`, which the host's PowerShell follows. */
export const SCRIPT_NOTE = `# ${GENERATED_NOTE}\n`;

/** Completes the generated files of a module with the host's PowerShell. */
export function addHostScripts(module: readonly GeneratedFile[], { start, host }: HostScripts): GeneratedFile[] {
  const completed = module.map(({ path, content }) => {
    return {
      path,
      content: path.endsWith('.psm1') ? content.replace(SCRIPT_NOTE, note => `${note}\n${start}`) : content,
    };
  });
  return [...completed, { path: MODULE_HOST_FILE, content: host }];
}
