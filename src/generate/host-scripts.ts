import type { GeneratedFile } from './generated-file.ts';

/** The hand-written PowerShell of every module. */
export interface HostScripts {
  /** What a module does at its import: the end of its `.psm1`. */
  readonly start: string;
  /** What its first call loads: its `ModuleHost.ps1`. */
  readonly host: string;
}

/** The file that a module's first call loads: it defines `Invoke-CoreCmdlet`. */
export const MODULE_HOST_FILE = 'ModuleHost.ps1';

/** Completes the generated files of a module with the host's PowerShell. */
export function addHostScripts(module: readonly GeneratedFile[], { start, host }: HostScripts): GeneratedFile[] {
  const completed = module.map(({ path, content }) => {
    return { path, content: path.endsWith('.psm1') ? `${content}\n${start}` : content };
  });
  return [...completed, { path: MODULE_HOST_FILE, content: host }];
}
