import { PowerShell } from 'node-powershell';
import { describe, expect, it } from 'vitest';
import { findPowerShell } from '../../scripts/find-powershell.ts';
import { runPowerShell, runScript, startPowerShell, toLines } from './run-powershell.ts';

const readCommands = ['-NoExit', '-Command', '-'];

describe('$input', () => {
  it('holds the lines of standard input', async () => {
    expect(await runScript('$input | ForEach-Object { "<$_>" }', 'one\ntwo\n')).toEqual(['<one>', '<two>']);
  });

  it('may be left unread', async () => {
    const { stdout, exitCode } = await runPowerShell(['-Command', '"no input"'], 'one\ntwo\n');
    expect(stdout.trim()).toBe('no input');
    expect(exitCode).toBe(0);
  });
});

describe('-Command -', () => {
  it('runs each command once it is complete', async () => {
    await using shell = await startPowerShell(readCommands);
    shell.write('$a = 1; "first $a"\n');
    await shell.waitForOutput('first 1');
    shell.write('if ($a -eq 1) {\n  "second"\n}\n\n');
    await shell.waitForOutput('second');
    shell.end();
    expect(await shell.ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('writes neither a prompt nor an echo', async () => {
    const { stdout } = await runPowerShell(readCommands, '"a"\n"b"\n');
    expect(toLines(stdout)).toEqual(['a', 'b']);
  });

  it('goes on after errors', async () => {
    const { stdout, stderr } = await runPowerShell(readCommands, 'throw "bad"\n)\n"after"\n');
    expect(stderr).toContain('bad');
    expect(toLines(stdout)).toEqual(['after']);
  });

  it.each([
    ['exit 6\n"never"\n', 6],
    ['"fine"\n', 0],
    ['throw "bad"\n', 1],
    ['', 0],
  ])('%j ends with the code %i', async (input, expected) => {
    const { stdout, exitCode } = await runPowerShell(['-Command', '-'], input);
    expect(stdout).not.toContain('never');
    expect(exitCode).toBe(expected);
  });

  it('reads UTF-8', async () => {
    const { stdout } = await runPowerShell(readCommands, '"grüße 漢字 😀".Length\n');
    expect(stdout.trim()).toBe('11');
  });
});

describe('node-powershell', () => {
  it('drives it', async () => {
    const { path: executable } = await findPowerShell();
    const shell = new PowerShell({ executable, executableOptions: { '-NoProfile': true } });
    try {
      expect((await shell.invoke('"hello"; 1..3')).raw).toMatch(/^hello\r?\n1\r?\n2\r?\n3$/);
      await expect(shell.invoke('throw "boom"')).rejects.toThrow('boom');
      expect((await shell.invoke('foreach ($i in 4, 5) {\n  $i\n}\n')).raw).toMatch(/^4\r?\n5$/);
    } finally {
      await shell.dispose();
    }
  });
});
