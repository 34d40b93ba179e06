import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { askPowerShellVersion } from './powershell-environment.ts';

const run = promisify(execFile);

/** The version of PowerShell that is developed and tested with. */
export const powerShellVersion = '7.6.9';

const toolsFolder = path.resolve(import.meta.dirname, '..', '..', '..', '.powershell');
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
  if (!existsSync(folder)) await installInto(folder);
  return path.join(folder, await readFile(path.join(folder, executableFile), 'utf8'));
}

/** Installs in a folder of its own and renames it, so that two processes may install at once and none sees half a tool. */
async function installInto(folder: string): Promise<void> {
  await mkdir(toolsFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(toolsFolder, 'installing-'));
  try {
    const tool = path.join(temporary, 'tool');
    await runDotnet(['tool', 'install', 'PowerShell', '--version', powerShellVersion, '--tool-path', tool]);
    await writeFile(path.join(tool, executableFile), await findExecutable(tool));
    await rename(tool, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
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

async function runDotnet(args: string[]): Promise<void> {
  try {
    await run('dotnet', args, { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(
        'No PowerShell was found: install PowerShell 7.4 or later (pwsh), or the .NET SDK 10 (dotnet), which fetches one; ' +
          'or name a PowerShell by the environment variable POWERSHELL_EXE.',
        { cause: error },
      );
    }
    const output =
      error instanceof Error && 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}` : '';
    throw new Error(`PowerShell ${powerShellVersion} could not be fetched by dotnet ${args.join(' ')}.\n${output}`, {
      cause: error,
    });
  }
}
