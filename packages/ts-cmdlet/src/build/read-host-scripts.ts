import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostScripts } from '../generate/host-scripts.ts';

/** Reads the host's PowerShell. `folder` is the folder of the host. */
export async function readHostScripts(folder: string): Promise<HostScripts> {
  const [start, errorRecords] = await Promise.all(
    ['ModuleStart.ps1', 'ErrorRecords.ps1'].map(name => readFile(path.join(folder, name), 'utf8')),
  );
  return { start: start ?? '', errorRecords: errorRecords ?? '' };
}
