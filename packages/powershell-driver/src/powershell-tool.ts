import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchOnce, runDotnet, toolsFolder } from './dotnet-tool.ts';
import { askPowerShellVersion } from './powershell-environment.ts';

/** The version of PowerShell that is developed and tested with. */
export const powerShellVersion = '7.6.9';

const isWindows = process.platform === 'win32';

/** Names PowerShell's executable in a tool's folder, so that only the installation has to look for one that runs. */
const executableFile = 'executable.txt';

/**
 * Fetches the official PowerShell, which NuGet has as the .NET tool `PowerShell`, into the clone, unless it is there.
 * @returns the full path of its executable.
 * @throws when there is no .NET SDK, or when it cannot fetch the tool.
 */
export async function installPowerShellTool(): Promise<string> {
  const folder = path.join(toolsFolder, powerShellVersion);
  await fetchOnce(folder, async tool => {
    await runDotnet(
      ['tool', 'install', 'PowerShell', '--version', powerShellVersion, '--tool-path', tool],
      `PowerShell ${powerShellVersion}`,
      'No PowerShell was found: install PowerShell 7.4 or later (pwsh), or the .NET SDK 10 (dotnet), which fetches one; ' +
        'or name a PowerShell by the environment variable POWERSHELL_EXE.',
    );
    await writeFile(path.join(tool, executableFile), await findExecutable(tool));
  });
  return path.join(folder, await readFile(path.join(folder, executableFile), 'utf8'));
}

/**
 * Finds the executable to start, as a path within the tool's folder. The tool's own command starts PowerShell as a second
 * process, which a signal to the first does not reach, so PowerShell's executable is taken where it runs on this machine.
 */
async function findExecutable(tool: string): Promise<string> {
  const command = isWindows ? 'pwsh.exe' : 'pwsh';
  const store = path.join('.store', 'powershell', powerShellVersion, 'powershell', powerShellVersion, 'tools');
  const [framework = ''] = await readdir(path.join(tool, store));
  const executable = path.join(store, framework, 'any', isWindows ? 'win' : 'unix', command);
  const version = await askPowerShellVersion(path.join(tool, executable)).catch(() => '');
  return version === powerShellVersion ? executable : command;
}
