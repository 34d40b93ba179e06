import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PowerShell that runs commands as `pwsh` does. */
export interface PowerShellExecutable {
  /** The full path of the executable. */
  path: string;
  /** The version of the PowerShell engine. */
  version: string;
  /** Whether this is a full `pwsh` or the project's own small host of the engine. */
  kind: 'pwsh' | 'embedded';
}

const minimumVersion = [7, 4] as const;
const executableName = process.platform === 'win32' ? 'pwsh.exe' : 'pwsh';
const versionFile = 'version.txt';
const sourceFolder = path.join(import.meta.dirname, 'powershell');
const buildsFolder = path.resolve(import.meta.dirname, '..', '.powershell');
const daysKeptUnused = 7;
let found: Promise<PowerShellExecutable> | undefined;

/**
 * Finds a PowerShell to develop and test with: the one that the environment variable `POWERSHELL_EXE` names, else
 * `pwsh` on the PATH when it is new enough, else the embedded one, which is built on first use. Looks once a process.
 */
export function findPowerShell(): Promise<PowerShellExecutable> {
  found ??= search();
  return found;
}

async function search(): Promise<PowerShellExecutable> {
  const named = process.env.POWERSHELL_EXE;
  if (named) {
    return await describeNamed(path.resolve(named));
  }
  return (await findOnPath()) ?? (await buildEmbedded());
}

async function describeNamed(executable: string): Promise<PowerShellExecutable> {
  if (!existsSync(executable)) {
    throw new Error(`POWERSHELL_EXE names a file that does not exist: ${executable}`);
  }
  return {
    path: executable,
    version: await askVersion(executable),
    kind: isBuiltHere(executable) ? 'embedded' : 'pwsh',
  };
}

async function findOnPath(): Promise<PowerShellExecutable | undefined> {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  const executables = folders.map(folder => path.resolve(folder, executableName));
  const executable = executables.find(candidate => existsSync(candidate) && !isBuiltHere(candidate));
  if (executable === undefined) {
    return undefined;
  }
  const version = await askVersion(executable).catch(() => '');
  return isNewEnough(version) ? { path: executable, version, kind: 'pwsh' } : undefined;
}

/** Says whether an executable is an embedded one, whose folder is first on the PATH of what it starts. */
function isBuiltHere(executable: string): boolean {
  return executable.startsWith(buildsFolder + path.sep);
}

async function askVersion(executable: string): Promise<string> {
  const question = '$PSVersionTable.PSVersion.ToString()';
  const { stdout } = await run(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', question]);
  return stdout.trim();
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimumVersion[0] || (major === minimumVersion[0] && minor >= minimumVersion[1]);
}

async function buildEmbedded(): Promise<PowerShellExecutable> {
  const folder = path.join(buildsFolder, await buildName());
  if (!existsSync(folder)) {
    await buildInto(folder);
    await removeUnusedBuilds();
  }
  const now = new Date();
  await utimes(folder, now, now);
  const version = await readFile(path.join(folder, versionFile), 'utf8');
  return { path: path.join(folder, executableName), version, kind: 'embedded' };
}

/** Names a build by what goes into it: the sources and the SDK. */
async function buildName(): Promise<string> {
  const hash = createHash('sha256').update(await askSdkVersion());
  const entries = await readdir(sourceFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && /\.(cs|csproj|json)$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !/[\\/](bin|obj)[\\/]/.test(path.relative(sourceFolder, file)))
    .sort();
  for (const file of files) {
    hash.update(`\0${path.relative(sourceFolder, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function askSdkVersion(): Promise<string> {
  try {
    return (await run('dotnet', ['--version'], { cwd: sourceFolder })).stdout.trim();
  } catch (error) {
    throw new Error(
      'No PowerShell was found: install PowerShell 7.4 or later (pwsh), or the .NET SDK 10 (dotnet), with which a ' +
        'small PowerShell for development is built here; or name a PowerShell by the environment variable POWERSHELL_EXE.',
      { cause: error },
    );
  }
}

/** Builds in a folder of its own and renames it, so that two processes may build at once and none sees half a build. */
async function buildInto(folder: string): Promise<void> {
  await mkdir(buildsFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(buildsFolder, 'building-'));
  try {
    const output = path.join(temporary, 'out');
    await publish(output, path.join(temporary, 'artifacts'));
    await writeFile(path.join(output, versionFile), await askVersion(path.join(output, executableName)));
    await rename(output, folder);
  } catch (error) {
    if (!existsSync(folder)) {
      throw error;
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what was not used for days, builds that were broken off too: no process can still be running from it. */
async function removeUnusedBuilds(): Promise<void> {
  const oldest = Date.now() - daysKeptUnused * 24 * 60 * 60 * 1000;
  for (const name of await readdir(buildsFolder)) {
    const folder = path.join(buildsFolder, name);
    const stats = await stat(folder).catch(() => undefined);
    if (stats && stats.mtimeMs < oldest) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function publish(output: string, artifacts: string): Promise<void> {
  const project = path.join(sourceFolder, 'pwsh.csproj');
  const args = ['publish', project, '--output', output, '--artifacts-path', artifacts, '--disable-build-servers'];
  try {
    await run('dotnet', args, { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1' } });
  } catch (error) {
    const stdout = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`The embedded PowerShell could not be built.\n${stdout}`, { cause: error });
  }
}

if (import.meta.main) {
  console.log((await findPowerShell()).path);
}
