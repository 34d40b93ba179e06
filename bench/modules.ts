import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { modulesFolder } from '../scripts/own-module.ts';

/** A temporary folder with modules in it, to be on the module path. Disposing of it removes it. */
export interface ModuleFolder extends AsyncDisposable {
  readonly folder: string;
}

/** The folder of the built SecMgmt, where it was built. */
export const builtModule = path.join(modulesFolder, 'SecMgmt');

/** Makes a folder for modules. */
export async function makeModuleFolder(): Promise<ModuleFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes a script module of a text, without a manifest. */
export async function addScriptModule(folder: string, name: string, script: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, `${name}.psm1`), script);
}

/**
 * The script of a module with the cmdlets of the built SecMgmt, each with its own param block and an empty body, and with
 * `Empty` in its noun instead of `SecMgmt`.
 */
export async function emptyCmdlets(): Promise<string> {
  const script = await readFile(path.join(builtModule, 'SecMgmt.psm1'), 'utf8');
  const body = /^( *)process \{ .*\['Invoke'\].*\}$/gm;
  const helpFile = /^ *# \.EXTERNALHELP .*\n/gm;
  const empty = script.replace(helpFile, '').replace(body, '$1process { }');
  if (empty.includes('process { if')) throw new Error('SecMgmt.psm1 has more than its cmdlets call the core with.');
  return empty.replaceAll('-SecMgmt', '-Empty');
}

/** Copies the built SecMgmt into a folder for modules. Gives the copy's folder. */
export async function copyBuiltModule(folder: string): Promise<string> {
  const copy = path.join(folder, 'SecMgmt');
  await cp(builtModule, copy, { recursive: true });
  return copy;
}

/**
 * Copies the built SecMgmt, each script of its core with a first line that leaves an empty file of the script's name in
 * the folder `loaded` when the script is run. Gives the two folders.
 */
export async function addMarkedModule(folder: string): Promise<{ loaded: string; core: string }> {
  const core = path.join(await copyBuiltModule(folder), 'core');
  const loaded = path.join(folder, 'loaded');
  await mkdir(loaded);
  for (const name of await scripts(core)) {
    const file = path.join(core, name);
    const mark = `import { writeFileSync as leaveMark } from 'node:fs'; leaveMark(${JSON.stringify(path.join(loaded, name))}, '');\n`;
    await writeFile(file, mark + (await readFile(file, 'utf8')));
  }
  return { loaded, core };
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
