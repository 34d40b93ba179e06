import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPowerShell } from '../../scripts/find-powershell.ts';
import { runScript } from './run-powershell.ts';

let modules: string;

beforeAll(async () => {
  modules = await mkdtemp(path.join(tmpdir(), 'modules-'));
  await mkdir(path.join(modules, 'AutoLoaded'));
  await writeFile(path.join(modules, 'AutoLoaded', 'AutoLoaded.psm1'), 'function Get-AutoLoaded { "loaded" }\n');
});

afterAll(async () => {
  await rm(modules, { recursive: true, force: true });
});

describe('the session', () => {
  it('says what it is', async () => {
    const { version, kind } = await findPowerShell();
    const lines = await runScript(
      '$PSVersionTable.PSEdition; "$($PSVersionTable.PSVersion)"; "$($Host.Version)"; $Host.Name; "$($null -ne $PSHOME)"',
    );
    expect(lines).toEqual(['Core', version, version, kind === 'embedded' ? 'EmbeddedHost' : 'ConsoleHost', 'True']);
  });

  it('starts the same PowerShell as pwsh', async () => {
    expect(await runScript("pwsh -NoProfile -Command '$PSHOME' | ForEach-Object { $_ -eq $PSHOME }")).toEqual(['True']);
  });

  it('sends nothing home', async () => {
    const { kind } = await findPowerShell();
    const [optOut] = await runScript('"$env:POWERSHELL_TELEMETRY_OPTOUT"');
    expect(kind === 'pwsh' || optOut === '1').toBe(true);
  });

  it('loads a module from PSModulePath when a command of it is called', async () => {
    const script = `$env:PSModulePath += [IO.Path]::PathSeparator + '${modules}'; Get-AutoLoaded`;
    expect(await runScript(script)).toEqual(['loaded']);
  });

  it('has help', async () => {
    expect(await runScript('(Get-Help Get-Module).Name; [bool]((Get-Help Import-Module).syntax)')).toEqual([
      'Get-Module',
      'True',
    ]);
    expect((await runScript('Get-Command Out-Null -Syntax')).join('')).toContain('Out-Null [-InputObject');
  });

  it('completes commands and parameters', async () => {
    const script = `
$text = 'Get-Modu'; (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText
$text = 'Get-Module -ListA'; (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText`;
    expect(await runScript(script)).toEqual(['Get-Module', '-ListAvailable']);
  });

  it('runs script blocks in parallel and in jobs', async () => {
    const script = `
(1..3 | ForEach-Object -Parallel { $_ * 2 } | Measure-All) -join ','
Start-Job { "job in another process: $($PID -ne $args[0])" } -ArgumentList $PID | Receive-Job -Wait -AutoRemoveJob`;
    const sort = 'function Measure-All { [Linq.Enumerable]::Order([int[]]@($input)) }';
    expect(await runScript(`${sort}${script}`)).toEqual(['2,4,6', 'job in another process: True']);
  });

  it('keeps transcripts', async () => {
    const file = path.join(modules, 'transcript.txt');
    const script = `
$null = Start-Transcript '${file}'
Write-Host 'said'
$null = Stop-Transcript
[IO.File]::ReadAllText('${file}').Contains('said')`;
    expect((await runScript(script)).at(-1)).toBe('True');
  });
});
