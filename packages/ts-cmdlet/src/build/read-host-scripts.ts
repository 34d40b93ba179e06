import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostScripts } from '../generate/host-scripts.ts';

/** Reads the host's PowerShell. `folder` is the folder of the host. */
export async function readHostScripts(folder: string): Promise<HostScripts> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  const [start, hostImport, errorRecords] = await Promise.all([
    read('ModuleStart.ps1'),
    read('HostImport.ps1'),
    read('ErrorRecords.ps1'),
  ]);
  return { start, hostImport, errorRecords };
}
