import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPowerShell } from '../../scripts/find-powershell.ts';
import { runPowerShell, toLines } from './run-powershell.ts';

let folder: string;

beforeAll(async () => {
  await findPowerShell();
  folder = await mkdtemp(path.join(tmpdir(), 'command line-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('-Version and -Help', () => {
  it.each(['-Version', '-v', '--version', '/Ver'])('%s prints the version', async parameter => {
    const { stdout, exitCode } = await runPowerShell([parameter]);
    const { version } = await findPowerShell();
    expect(stdout.trim()).toBe(`PowerShell ${version}`);
    expect(exitCode).toBe(0);
  });

  it.each(['-Help', '-h', '-?'])('%s prints the usage', async parameter => {
    const { stdout, exitCode } = await runPowerShell([parameter]);
    expect(stdout).toContain('[-NonInteractive]');
    expect(exitCode).toBe(0);
  });
});

describe('-Command', () => {
  it('joins its arguments by spaces', async () => {
    const { stdout } = await runPowerShell(['-Command', '"a";', '"b"']);
    expect(toLines(stdout)).toEqual(['a', 'b']);
  });

  it('shows a script block without running it', async () => {
    const { stdout } = await runPowerShell(['-c', '{ 1 + 1 }']);
    expect(stdout.trim()).toBe('1 + 1');
  });

  it.each([
    ['exit 7', 7],
    ['exit', 0],
    ['"fine"', 0],
    ['Get-Command no-such-command', 1],
    ['Get-Command no-such-command; "fine"', 0],
    ['throw "bad"', 1],
    ['throw "bad"; exit 5', 1],
    ['1 +', 1],
  ])('%s ends with the code %i', async (command, expected) => {
    const { exitCode } = await runPowerShell(['-Command', command]);
    expect(exitCode).toBe(expected);
  });

  it('gives arguments to -CommandWithArgs', async () => {
    const { stdout } = await runPowerShell(['-CommandWithArgs', '$args -join "|"', 'a b', 'c']);
    expect(stdout.trim()).toBe('a b|c');
  });

  it('continues with the prompt after -NoExit until standard input ends', async () => {
    const { stdout, exitCode } = await runPowerShell(['-NoExit', '-Command', '$a = 20'], '"a is $($a + 1)"\nexit 4\n');
    expect(stdout).toContain('a is 21');
    expect(exitCode).toBe(4);
  });
});

describe('-File', () => {
  const script = `param(
    [string] $Name, [switch] $Force, [int] $Count = 1,
    [Parameter(ValueFromRemainingArguments)] $Rest
)
"$Name|$Force|$Count|$($Rest -join ',')"
exit 9
`;

  beforeAll(async () => {
    await writeFile(path.join(folder, 'a script.ps1'), script);
    await writeFile(path.join(folder, 'fails.ps1'), 'throw "bad"');
    await writeFile(path.join(folder, 'nested.ps1'), `& '${path.join(folder, 'a script.ps1')}'; "code $LASTEXITCODE"`);
  });

  it.each([
    [['-Name', 'it\'s "x"', '-Force'], 'it\'s "x"|True|1|'],
    [['-Force:$false', '-Count:3', 'first', 'second one'], 'first|False|3|second one'],
    [['-Force:$true', '-Name:', 'last', '-Count', '2', '$notexpanded'], 'last|True|2|$notexpanded'],
  ])('passes %j', async (args, expected) => {
    const { stdout, exitCode } = await runPowerShell(['-File', path.join(folder, 'a script.ps1'), ...args]);
    expect(stdout.trim()).toBe(expected);
    expect(exitCode).toBe(9);
  });

  it('is the meaning of a first argument that is no parameter', async () => {
    const { stdout } = await runPowerShell([path.join(folder, 'a script.ps1'), 'n']);
    expect(stdout.trim()).toBe('n|False|1|');
  });

  it('ends with 1 after a terminating error', async () => {
    const { stderr, exitCode } = await runPowerShell(['-f', path.join(folder, 'fails.ps1')]);
    expect(stderr).toContain('bad');
    expect(exitCode).toBe(1);
  });

  it('ends at the exit of the script itself, not at that of a script it calls', async () => {
    const { stdout, exitCode } = await runPowerShell(['-f', path.join(folder, 'nested.ps1')]);
    expect(toLines(stdout)).toEqual(['|False|1|', 'code 9']);
    expect(exitCode).toBe(0);
  });

  it('ends with 64 when there is no such file', async () => {
    const { stdout, stderr, exitCode } = await runPowerShell(['-File', path.join(folder, 'none.ps1')]);
    expect(stdout + stderr).toContain('none.ps1');
    expect(exitCode).toBe(64);
  });
});

describe('other parameters', () => {
  it('may be shortened, and written in any case', async () => {
    const args = ['-NONI', '-nol', '-ExecutionPolicy', 'bypass', '-outp', 'text', '-inp', 'Text', '-c', '"ok"'];
    expect((await runPowerShell(args)).stdout.trim()).toBe('ok');
  });

  it.each(['-WorkingDirectory', '-wd', '-wo'])('%s sets the location', async parameter => {
    const { stdout } = await runPowerShell([parameter, folder, '-c', '"$PWD"']);
    expect(path.basename(stdout.trim())).toBe(path.basename(folder));
  });

  it('reports a working directory that is not there, and goes on', async () => {
    const { stdout, stderr } = await runPowerShell(['-wd', path.join(folder, 'none'), '-c', '"still"']);
    expect(stderr).toContain('none');
    expect(stdout.trim()).toBe('still');
  });

  it.each([
    [['-NoSuchParameter']],
    [['-Command']],
    [['-File']],
    [['-Command', '-', 'more']],
    [['-ExecutionPolicy', 'Sometimes', '-c', '1']],
    [['-OutputFormat', 'Html', '-c', '1']],
  ])('%j ends with 64', async args => {
    expect((await runPowerShell(args)).exitCode).toBe(64);
  });
});
