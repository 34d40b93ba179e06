import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostScripts } from '../generate/host-scripts.ts';

/** The file that is a part of the module's own script. */
const START = 'ModuleStart.ps1';

/** The first file of the rest: the others' functions use the variables that it sets. */
const FIRST = 'ModuleState.ps1';

/**
 * Reads the host's PowerShell: what a module does at its import, and the rest, joined into the one file that its first call
 * loads, because each file that PowerShell opens costs time. The order is that of the names, but for the first.
 */
export async function readHostScripts(folder: string): Promise<HostScripts> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  const names = (await readdir(folder)).filter(name => name.endsWith('.ps1'));
  const others = names.filter(name => name !== START && name !== FIRST).sort();
  const texts = await Promise.all([FIRST, ...others].map(read));
  return { start: await read(START), host: texts.join('\n') };
}
