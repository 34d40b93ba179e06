import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileAssembly } from '../scripts/compile-assembly.ts';
import { modulesFolder } from '../scripts/own-module.ts';

/** A temporary folder with modules in it, to be on the module path. Disposing of it removes it. */
export interface ModuleFolder extends AsyncDisposable {
  readonly folder: string;
}

/** The folder of the built SecMgmt, where it was built. */
const builtModule = path.join(modulesFolder, 'SecMgmt');

/** Makes a folder with the modules that are measured: the built SecMgmt, and CompiledModule as its yardstick. */
export async function makeModuleFolder(): Promise<ModuleFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  await copyBuiltModule(folder);
  await addCompiledModule(folder);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Compiles the least module with SecMgmt's surface, and gives it SecMgmt's views, types and help. */
async function addCompiledModule(folder: string): Promise<void> {
  const sources = path.join(import.meta.dirname, 'compiled');
  const assembly = await compileAssembly(sources, 'CompiledModule.dll');
  const module = path.join(folder, 'CompiledModule');
  await cp(path.join(builtModule, 'en-US'), path.join(module, 'en-US'), { recursive: true });
  await cp(assembly, path.join(module, 'CompiledModule.dll'));
  await cp(path.join(sources, 'CompiledModule.psd1'), path.join(module, 'CompiledModule.psd1'));
  const view = 'SecMgmt.format.ps1xml';
  await cp(path.join(builtModule, view), path.join(module, view));
  // PowerShell takes the members of a type from one module alone.
  const types = await readFile(path.join(builtModule, 'views', 'SecMgmt.types.ps1xml'), 'utf8');
  const own = types.replaceAll(
    '<Name>Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.Mgmt',
    '<Name>CompiledModule.',
  );
  await writeFile(path.join(module, 'SecMgmt.types.ps1xml'), own);
}

/** Copies the built SecMgmt into a folder for modules. Gives the copy's folder. */
async function copyBuiltModule(folder: string): Promise<string> {
  const copy = path.join(folder, 'SecMgmt');
  await cp(builtModule, copy, { recursive: true });
  return copy;
}

/**
 * Copies the built SecMgmt, each script of its core with a first line that leaves an empty file of the script's name in
 * the folder `loaded` when the script is run. Gives the folder that can be on the module path, and those two.
 */
export async function makeMarkedModule(): Promise<ModuleFolder & { loaded: string; core: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const core = path.join(await copyBuiltModule(folder), 'core');
  const loaded = path.join(folder, 'loaded');
  await mkdir(loaded);
  for (const name of await scripts(core)) {
    const file = path.join(core, name);
    const mark = `import { writeFileSync as leaveMark } from 'node:fs'; leaveMark(${JSON.stringify(path.join(loaded, name))}, '');\n`;
    await writeFile(file, mark + (await readFile(file, 'utf8')));
  }
  return { folder, loaded, core, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The names of the scripts of a core that hold a text. */
export async function scriptsWith(core: string, text: string): Promise<string[]> {
  const names = await scripts(core);
  const contents = await Promise.all(names.map(name => readFile(path.join(core, name), 'utf8')));
  return names.filter((_, index) => contents[index]?.includes(text));
}

async function scripts(core: string): Promise<string[]> {
  return (await readdir(core)).filter(name => name.endsWith('.mjs'));
}
