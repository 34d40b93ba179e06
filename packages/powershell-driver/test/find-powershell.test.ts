import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPowerShell } from '../src/find-powershell.ts';

const run = promisify(execFile);
let folder: string;
/** The script in a clone of its own, which has fetched no PowerShell. */
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'find-'));
  const sources = path.join(folder, 'packages', 'powershell-driver', 'src');
  await cp(path.join(import.meta.dirname, '..', 'src'), sources, { recursive: true });
  script = path.join(sources, 'find-powershell.ts');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the script in an environment, where it prints the path that it found. */
async function find(env: NodeJS.ProcessEnv): Promise<string> {
  const { POWERSHELL_EXE: _, ...inherited } = process.env;
  return (await run(process.execPath, [script], { env: { ...inherited, ...env } })).stdout.trim();
}

describe('findPowerShell', () => {
  it('takes the one that POWERSHELL_EXE names', async () => {
    const executable = await findPowerShell();
    expect(await find({ POWERSHELL_EXE: executable, PATH: '' })).toBe(executable);
  });

  it('says so when POWERSHELL_EXE names none', async () => {
    await expect(find({ POWERSHELL_EXE: path.join(folder, 'none') })).rejects.toThrow(/POWERSHELL_EXE .*none/);
  });

  // A script with "#!" stands for pwsh, which Windows would not run.
  describe.skipIf(process.platform === 'win32')('with a pwsh on the PATH', () => {
    const pretend = async (version: string) => {
      await writeFile(path.join(folder, 'pwsh'), `#!/bin/sh\necho ${version}\n`);
      await chmod(path.join(folder, 'pwsh'), 0o755);
    };

    it('takes it when it is new enough', async () => {
      await pretend('7.4.0');
      expect(await find({ PATH: folder })).toBe(path.join(folder, 'pwsh'));
    });

    it('passes over one that is too old, and says what to install without dotnet', async () => {
      await pretend('7.3.9');
      await expect(find({ PATH: folder })).rejects.toThrow(/install PowerShell 7.4 .*\.NET SDK 10/);
    });
  });
});
