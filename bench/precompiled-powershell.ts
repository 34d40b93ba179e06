import { cp } from 'node:fs/promises';
import path from 'node:path';
import { fetchOnce, runDotnet, toolsFolder } from 'powershell-driver/dotnet-tool';
import { findPowerShell } from 'powershell-driver/find-powershell';
import { powerShellVersion } from 'powershell-driver/powershell-tool';

const project = path.join(import.meta.dirname, 'precompiled', 'PowerShell.csproj');

/**
 * Finds a PowerShell as most users have it. The .NET tool, which development and tests run in, is for every platform, so .NET
 * compiles each method of PowerShell's own when it is first called: an import takes twice as long. The packages for one
 * platform hold compiled code. Such a one is made of the tool, once, which takes a minute or two; any other PowerShell is taken
 * as it is.
 * @returns the full path of its executable
 */
export async function findPrecompiledPowerShell(): Promise<string> {
  const executable = await findPowerShell();
  const tool = path.dirname(executable);
  if (!tool.startsWith(path.join(toolsFolder, powerShellVersion, '.store'))) return executable;
  const folder = path.join(toolsFolder, `${powerShellVersion}-precompiled`);
  await fetchOnce(folder, async temporary => {
    const [artifacts, output] = [`${temporary}-artifacts`, `${temporary}-output`];
    const folders = ['--output', output, '--artifacts-path', artifacts, `-property:PowerShellFolder=${tool}`];
    const what = 'The assemblies of PowerShell';
    await runDotnet(['publish', project, '--configuration', 'Release', ...folders], what, 'Install the .NET SDK 10.');
    await cp(tool, temporary, { recursive: true });
    await cp(output, temporary, { recursive: true });
  });
  return path.join(folder, path.basename(executable));
}
