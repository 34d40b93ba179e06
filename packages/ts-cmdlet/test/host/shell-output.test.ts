import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { findPowerShell } from 'powershell-driver/find-powershell';
import { quote } from 'powershell-driver/session';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';
import { allEnded, noteIn } from './processes.ts';

// A shell whose own standard output is of no use: closed by who reads it, or full.

let module: ProbeModule;

beforeAll(async () => {
  module = await makeProbeModule();
});

afterAll(() => module?.[Symbol.asyncDispose]());

const coreId = '(Test-Probe Process).Id';
const load = () => `Import-Module ${quote(module.manifest)}`;

describe("a shell's own output", () => {
  /** Runs a script whose objects go to the screen, with the core's id in a file, and what comes behind them in another. */
  async function runWith(stdout: 'closed' | 'full', objects: string) {
    const note = path.join(module.scratch, `output-${stdout}`);
    await rm(`${note}-next`, { force: true });
    const pwsh = await findPowerShell();
    const script = `${load()}; [System.IO.File]::WriteAllText(${quote(`${note}-core`)}, ${coreId}); ${objects}
      [System.IO.File]::WriteAllText(${quote(`${note}-next`)}, "$(Test-Probe Print), errors: $($Error.Count)"); exit 3`;
    await using full = stdout === 'full' ? await open('/dev/full', 'w') : undefined;
    const shell = spawn(pwsh, ['-NoLogo', '-NoProfile', '-Command', script], {
      stdio: ['ignore', full?.fd ?? 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    onTestFinished(() => void shell.kill('SIGKILL'));
    // As `| head -1` does.
    shell.stdout?.once('data', () => shell.stdout?.destroy());
    const [stderr, [exitCode]] = await Promise.all([text(shell.stderr ?? Readable.from([])), once(shell, 'exit')]);
    await allEnded([Number(await noteIn(`${note}-core`))]);
    return { stderr, exitCode, next: await readFile(`${note}-next`, 'utf8').catch(() => '') };
  }

  test('that is closed in the middle of a call ends nothing', async () => {
    // Several times as much as there is room for in a pipe.
    const { stderr, exitCode, next } = await runWith('closed', 'Test-Probe Objects -Count 5000');
    expect({ stderr, exitCode, next }).toEqual({ stderr: '', exitCode: 3, next: 'still here, errors: 0' });
  });

  test.runIf(existsSync('/dev/full'))(
    'that is full is told as for a compiled cmdlet, and no core is left',
    async () => {
      const found = await runWith('full', 'Test-Probe Objects -Count 2');
      expect(found.stderr).toMatch(/^[^\n]*No space left on device\s*$/);
      expect(found).toEqual(await runWith('full', 'Write-Output 1, 2'));
    },
  );
});
