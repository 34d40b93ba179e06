import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPowerShell } from '../../scripts/find-powershell.ts';
import { startShell, type TestShell } from '../support/powershell.ts';
import { runInSession, runPowerShell, toLines } from './run-powershell.ts';

let shell: TestShell;
let modules: string;

beforeAll(async () => {
  shell = await startShell();
  modules = await mkdtemp(path.join(tmpdir(), 'modules-'));
  await mkdir(path.join(modules, 'AutoLoaded'));
  await writeFile(path.join(modules, 'AutoLoaded', 'AutoLoaded.psm1'), 'function Get-AutoLoaded { "loaded" }\n');
});

afterAll(async () => {
  await shell[Symbol.asyncDispose]();
  await rm(modules, { recursive: true, force: true });
});

const run = (script: string) => runInSession(shell, script);

describe('the session', () => {
  it('says what it is', async () => {
    const { version, kind } = await findPowerShell();
    const script = '$PSVersionTable.PSEdition; "$($PSVersionTable.PSVersion)"; "$($Host.Version)"; $Host.Name';
    const name = kind === 'embedded' ? 'EmbeddedHost' : 'ConsoleHost';
    expect(await run(script)).toEqual(['Core', version, version, name]);
  });

  it('starts the same PowerShell as pwsh', async () => {
    expect(await run("pwsh -NoProfile -Command '$PSHOME' | ForEach-Object { $_ -eq $PSHOME }")).toEqual(['True']);
  });

  it('sends nothing home', async () => {
    const { kind } = await findPowerShell();
    const [optOut] = await run('"$env:POWERSHELL_TELEMETRY_OPTOUT"');
    expect(kind === 'pwsh' || optOut === '1').toBe(true);
  });

  it('loads a module from PSModulePath when a command of it is called', async () => {
    const script = `$env:PSModulePath += [IO.Path]::PathSeparator + '${modules}'; Get-AutoLoaded`;
    expect(await run(script)).toEqual(['loaded']);
  });

  it('has help', async () => {
    expect(await run('(Get-Help Get-Module).Name; [bool]((Get-Help Import-Module).syntax)')).toEqual([
      'Get-Module',
      'True',
    ]);
    expect((await run('Get-Command Out-Null -Syntax')).join('')).toContain('Out-Null [-InputObject');
  });

  it('completes commands and parameters', async () => {
    const script = `
$text = 'Get-Modu'; (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText
$text = 'Get-Module -ListA'; (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText`;
    expect(await run(script)).toEqual(['Get-Module', '-ListAvailable']);
  });

  it('runs script blocks in parallel and in jobs', async () => {
    const script = `
(1..3 | ForEach-Object -Parallel { $_ * 2 } | Measure-All) -join ','
Start-Job { "job in another process: $($PID -ne $args[0])" } -ArgumentList $PID | Receive-Job -Wait -AutoRemoveJob`;
    const sort = 'function Measure-All { [Linq.Enumerable]::Order([int[]]@($input)) }';
    expect(await run(`${sort}${script}`)).toEqual(['2,4,6', 'job in another process: True']);
  });

  it('keeps transcripts', async () => {
    const file = path.join(modules, 'transcript.txt');
    const script = `
$null = Start-Transcript '${file}'
Write-Host 'said'
$null = Stop-Transcript
[IO.File]::ReadAllText('${file}').Contains('said')`;
    expect((await run(script)).at(-1)).toBe('True');
  });

  // .NET opens addresses by xdg-open here, and by the system itself elsewhere.
  it.skipIf(process.platform !== 'linux')(
    'opens online help in the browser, and says so when there is none',
    async () => {
      const command =
        "function f { [CmdletBinding(HelpUri='https://example.org/f')] param() }; Get-Help f -Online; 'on'";
      const browsers = path.join(modules, 'browsers');
      await mkdir(browsers);
      const none = await runPowerShell(['-Command', command], '', { PATH: browsers });
      expect(none.stderr).toMatch(/^Get-Help: .*https:\/\/example\.org\/f/s);
      expect(toLines(none.stdout)).toEqual(['on']);
      await writeFile(path.join(browsers, 'xdg-open'), '#!/bin/sh\necho "opened $1"\n', { mode: 0o755 });
      const one = await runPowerShell(['-Command', command], '', { PATH: browsers });
      expect(one.stderr).toBe('');
      expect(toLines(one.stdout).sort()).toEqual(['on', 'opened https://example.org/f']);
    },
  );
});
