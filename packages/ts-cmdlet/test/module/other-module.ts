import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostFolder } from '../../src/build/own-sources.ts';
import { readHostScripts } from '../../src/build/read-host-scripts.ts';
import { generateModule } from '../../src/generate/generate-module.ts';
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

/** What stands in for the host: it tells the call that a core would get. */
const HOST = `function Get-ModuleHost {
    @{
        Open     = { param($Cmdlet, $BoundParameters) , @($BoundParameters.Keys) }
        Complete = { }
        Close    = { }
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
}
`;

/** Makes a module from help, with `host` in its script after the host's own, whose functions it replaces. */
export async function makeOtherModule(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  host = HOST,
): Promise<OtherModule> {
  const root = await mkdtemp(path.join(tmpdir(), 'other-module-'));
  const folder = path.join(root, settings.name);
  const { start } = await readHostScripts(hostFolder);
  const scripts = { start: `${start}\n${host}`, errorRecords: '' };
  await writeFiles(folder, addHostScripts(generateModule(helps, settings), scripts, false));
  return {
    root,
    folder,
    manifest: path.join(folder, `${settings.name}.psd1`),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
