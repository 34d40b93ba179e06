import path from 'node:path';
import { fetchOnce, runDotnet, toolsFolder } from './dotnet-tool.ts';

/** The version of Pester that tests run with. */
export const pesterVersion = '6.2.0';

/**
 * Fetches Pester, which NuGet has as a package, into the clone, unless it is there.
 * @returns the full path of its manifest, for Import-Module.
 * @throws when there is no .NET SDK, or when it cannot fetch the package.
 */
export async function findPester(): Promise<string> {
  const folder = path.join(toolsFolder, `pester-${pesterVersion}`);
  await fetchOnce(folder, output =>
    runDotnet(
      ['package', 'download', `Pester@${pesterVersion}`, '--output', output],
      `Pester ${pesterVersion}`,
      'Pester is fetched by the .NET SDK 10 (dotnet): install that.',
    ),
  );
  return path.join(folder, 'pester', pesterVersion, 'tools', 'Pester.psd1');
}
