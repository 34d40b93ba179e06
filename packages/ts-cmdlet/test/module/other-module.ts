import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostAssembly, hostFolder } from '../../src/build/own-sources.ts';
import { readHostScripts } from '../../src/build/read-host-scripts.ts';
import { generateModule } from '../../src/generate/generate-module.ts';
import type { GeneratedFile } from '../../src/generate/generated-file.ts';
import { addHostScripts } from '../../src/generate/host-scripts.ts';
import type { ModuleSettings } from '../../src/generate/module-settings.ts';
import { writeFiles } from '../../src/generate/write-files.ts';
import type { CommandHelp } from '../../src/help/model.ts';

/** A module in a folder of its own, below one that can stand on the module path. It has no core. */
export interface OtherModule extends AsyncDisposable {
  readonly root: string;
  readonly folder: string;
  readonly manifest: string;
}

/** What stands in for the host's calls: it tells what a core would get. */
const CALLS = `$script:ModuleHost = @{
    Open     = { param($Cmdlet, $BoundParameters) , @($BoundParameters.Keys) }
    Complete = { }
    Close    = { }
    Remove   = { }
    Invoke   = {
        param($Cmdlet, $BoundParameters, $CommandLine)
        $bound = [System.Collections.Generic.SortedDictionary[string, object]]::new()
        foreach ($name in $BoundParameters.Keys) {
            $value = $BoundParameters[$name]
            $bound[$name] = if ($null -eq $value) { '(null)' } elseif ($value -is [System.Collections.IList]) { , @(foreach ($item in $value) { "$item" }) } else { "$value" }
        }
        if ($null -ne $CommandLine) { foreach ($name in @($BoundParameters.Keys)) { if ($CommandLine -notcontains $name) { [void] $BoundParameters.Remove($name) } } }
        $Cmdlet.WriteObject([pscustomobject] @{ set = $Cmdlet.ParameterSetName; bound = $bound })
    }
}
`;

/** Makes a module from help that makes its types as every module does, with `calls` in the place of the host's calls. */
export async function makeOtherModule(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  calls = CALLS,
): Promise<OtherModule> {
  const root = await mkdtemp(path.join(tmpdir(), 'other-module-'));
  const folder = path.join(root, settings.name);
  await writeModule(folder, generateModule(helps, settings), calls);
  return {
    root,
    folder,
    manifest: path.join(folder, `${settings.name}.psd1`),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Writes a generated module with what its import needs of the host; `calls` stand at the end of its script. */
export async function writeModule(folder: string, generated: readonly GeneratedFile[], calls: string): Promise<void> {
  const files = addHostScripts(generated, await readHostScripts(hostFolder), false);
  await writeFiles(
    folder,
    files.map(file => (file.path.endsWith('.psm1') ? { ...file, content: `${file.content}\n${calls}` } : file)),
  );
  const core = path.join(folder, 'core');
  await mkdir(core, { recursive: true });
  await cp(hostAssembly, path.join(core, path.basename(hostAssembly)));
}
