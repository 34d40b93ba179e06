import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The file that goes first: the others' functions use the variables that it sets. */
const FIRST = 'ModuleState.ps1';

/**
 * Joins the host's PowerShell files into the one that a module loads, because each file that PowerShell opens costs
 * time at import. `host` is the folder of the host's sources. The order is that of the names, but for the first.
 */
export async function readHostScript(host: string): Promise<string> {
  const folder = path.join(host, 'powershell');
  const files = (await readdir(folder)).filter(name => name.endsWith('.ps1') && name !== FIRST).sort();
  const texts = [FIRST, ...files].map(name => readFile(path.join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
