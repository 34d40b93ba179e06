import { existsSync } from 'node:fs';
import path from 'node:path';
import { askPowerShellVersion } from './powershell-environment.ts';
import { installPowerShellTool } from './powershell-tool.ts';

const minimumVersion = [7, 4] as const;
const executableName = process.platform === 'win32' ? 'pwsh.exe' : 'pwsh';
let found: Promise<string> | undefined;

/**
 * Finds a PowerShell to develop and test with: the one that the environment variable `POWERSHELL_EXE` names, else
 * `pwsh` on the PATH when it is new enough, else the one that the .NET SDK fetches into the clone at the first use. Looks
 * once a process.
 * @returns the full path of its executable.
 * @throws when POWERSHELL_EXE names a missing file, or when there is neither pwsh nor dotnet.
 */
export function findPowerShell(): Promise<string> {
  found ??= search();
  return found;
}

/** Has this process, and those that it starts, take a PowerShell by its executable, whatever was found before. */
export function usePowerShell(executable: string): void {
  process.env.POWERSHELL_EXE = executable;
  found = undefined;
}

async function search(): Promise<string> {
  const named = process.env.POWERSHELL_EXE;
  if (!named) return (await findOnPath()) ?? (await installPowerShellTool());
  const executable = path.resolve(named);
  if (existsSync(executable)) return executable;
  throw new Error(`POWERSHELL_EXE names a file that does not exist: ${executable}`);
}

async function findOnPath(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  const executable = folders.map(folder => path.resolve(folder, executableName)).find(existsSync);
  if (executable === undefined) return undefined;
  const version = await askPowerShellVersion(executable).catch(() => '');
  return isNewEnough(version) ? executable : undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimumVersion[0] || (major === minimumVersion[0] && minor >= minimumVersion[1]);
}

if (import.meta.main) {
  try {
    console.log(await findPowerShell());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
