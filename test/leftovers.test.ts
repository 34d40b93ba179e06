import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';

// What .NET cannot remove when a test kills a shell, and the host when the shell is killed before its core has connected.
const endpointsOfKilledShells = /^(CoreFxPipe_|dotnet-diagnostic-|clr-debug-pipe-|ts-cmdlet-[0-9A-F]{32}$)/;

/** The command lines of processes that have this run's temporary folder, but for the test runner's own. */
async function processesOfThisRun(): Promise<string[]> {
  const runner = String(process.ppid);
  const found: string[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    try {
      const environment = (await readFile(`/proc/${id}/environ`, 'utf8')).split('\0');
      const parent = /^PPid:\t(\d+)$/m.exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1];
      if (!environment.includes(`TMPDIR=${tmpdir()}`) || id === runner || parent === runner) continue;
      found.push((await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' '));
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

// The configuration runs this file after all others.
describe('The test suite', () => {
  it('leaves nothing in the temporary folder', async () => {
    const names = await readdir(tmpdir());
    expect(names.filter(name => !endpointsOfKilledShells.test(name))).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('leaves no process', async () => {
    expect(await processesOfThisRun()).toEqual([]);
  });
});
