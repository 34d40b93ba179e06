import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShell, type TestShell } from '../support/powershell.ts';
import { runInSession, toLines } from './run-powershell.ts';

let shell: TestShell;
let folder: string;

beforeAll(async () => {
  shell = await startShell();
  folder = await mkdtemp(path.join(tmpdir(), 'stand-ins-'));
});

afterAll(async () => {
  await shell[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const run = (script: string) => runInSession(shell, script);
const catchId = (script: string) => `try { ${script} } catch { $_.FullyQualifiedErrorId }`;

describe('the commands that pwsh has in modules and its bare engine lacks', () => {
  it('Get-Credential passes a credential on and makes one out of what is typed', async () => {
    const script = `
$secret = ConvertTo-SecureString 's3cret' -AsPlainText -Force
$credential = New-Object System.Management.Automation.PSCredential('me', $secret)
$same = Get-Credential $credential
$same.UserName; $same.GetNetworkCredential().Password
[object]::ReferenceEquals($same, $credential)`;
    expect(await run(script)).toEqual(['me', 's3cret', 'True']);
  });

  it('New-Object picks a constructor, sets properties, and says what is wrong', async () => {
    const script = `
(New-Object Version 1, 2).ToString()
(New-Object UriBuilder -Property @{ Host = 'example.org'; Port = 81 }).Uri.Authority
(New-Object 'System.Collections.Generic.List[int]').Count
(New-Object Guid).ToString()
${catchId('New-Object No.Such.Type')}
${catchId('New-Object Version 1, 2, 3, 4, 5, 6')}
${catchId('New-Object UriBuilder -Property @{ NoSuch = 1 }')}`;
    expect(await run(script)).toEqual([
      '1.2',
      'example.org:81',
      '0',
      '00000000-0000-0000-0000-000000000000',
      'TypeNotFound,Microsoft.PowerShell.Commands.NewObjectCommand',
      'ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand',
      'InvalidOperationException,Microsoft.PowerShell.Commands.NewObjectCommand',
    ]);
  });

  it('Select-Object takes objects, and stops what feeds it once it has the first', async () => {
    const script = `
$fed = 0
(1..1000 | ForEach-Object { $fed++; $_ } | Select-Object -First 2) -join ','
$fed
(1..9 | Select-Object -Last 2) -join ','
(1..9 | Select-Object -Last 2 -Skip 1) -join ','
(1..5 | Select-Object -Skip 3) -join ','
(1..9 | Select-Object -First 2 -Skip 2) -join ','
@(1..9 | Select-Object -First 0).Count`;
    expect(await run(script)).toEqual(['1,2', '2', '8,9', '7,8', '4,5', '3,4', '0']);
  });

  it('Select-Object takes properties', async () => {
    const script = `
$object = [pscustomobject]@{ Name = 'n'; List = @(1, 2) }
$selected = $object | Select-Object N*, @{ Name = 'Twice'; Expression = { $_.Name * 2 } }, Missing
$selected.PSObject.Properties.Name -join ','
$selected.Twice
$selected.PSObject.TypeNames[0]
($object | Select-Object -ExpandProperty List) -join ','
$object | Select-Object -ExpandProperty Missing -ErrorAction SilentlyContinue
$Error[0].FullyQualifiedErrorId`;
    expect(await run(script)).toEqual([
      'Name,Twice,Missing',
      'nn',
      'Selected.System.Management.Automation.PSCustomObject',
      '1,2',
      'ExpandPropertyNotFound,Microsoft.PowerShell.Commands.SelectObjectCommand',
    ]);
  });

  it('Format-Table, Format-List and Out-String format', async () => {
    const script = `
$objects = [pscustomobject]@{ A = 1; B = 'x' }, [pscustomobject]@{ A = 2; B = 'y' }
($objects | Format-Table B | Out-String).Trim() -replace '\\s+', ' '
($objects | Format-List A | Out-String -Width 40).Trim() -replace '\\s+', ' '
@('a', 'b' | Out-String -Stream).Count
('a', 'b' | Out-String -NoNewline)`;
    expect(await run(script)).toEqual(['B - x y', 'A : 1 A : 2', '2', 'ab']);
  });

  it('Out-File writes to a file, and so does a redirection', async () => {
    const [redirected, written] = [path.join(folder, 'redirected'), path.join(folder, 'written')];
    await run(`'first é' > '${redirected}'; 'second' >> '${redirected}'; 1, 2 | Out-File '${written}'`);
    expect(toLines(await readFile(redirected, 'utf8'))).toEqual(['first é', 'second']);
    expect(toLines(await readFile(written, 'utf8'))).toEqual(['1', '2']);
  });

  it('ConvertTo-Json writes what JSON holds', async () => {
    const script = `
$time = [datetime]::new(2020, 1, 2, 3, 4, 5, [DateTimeKind]::Utc)
[ordered]@{
    text = 'é"'; number = 1.5; whole = 2; flag = $true; none = $null; list = @(1, @{ a = 1 })
    color = [ConsoleColor]::Red; object = [pscustomobject]@{ b = $time }
} | ConvertTo-Json -Depth 3`;
    expect(JSON.parse((await run(script)).join('\n'))).toEqual({
      text: 'é"',
      number: 1.5,
      whole: 2,
      flag: true,
      none: null,
      list: [1, { a: 1 }],
      color: 12,
      object: { b: '2020-01-02T03:04:05Z' },
    });
  });

  it('ConvertTo-Json heeds -Compress, -AsArray and -Depth', async () => {
    const script = `
ConvertTo-Json 1.0 -Compress; ,1 | ConvertTo-Json -Compress -AsArray; 1, 2 | ConvertTo-Json -Compress
@{ a = @{ b = @{ c = 1 } } } | ConvertTo-Json -Depth 1 -Compress -WarningAction SilentlyContinue`;
    expect(await run(script)).toEqual(['1.0', '[1]', '[1,2]', '{"a":{"b":"System.Collections.Hashtable"}}']);
  });

  it('ConvertFrom-Json reads JSON', async () => {
    const script = `
$read = '{ "a": 1, "b": [1, { "c": null }], "d": "2020-01-02T03:04:05Z", "e": 1.5, "f": "plain" }' | ConvertFrom-Json
$read.PSObject.Properties | ForEach-Object { "$($_.Name) $($_.Value.GetType().Name)" }
($read.b[1].PSObject.Properties.Name)
('[1, 2]' | ConvertFrom-Json).Count
('{ "a": 1 }' | ConvertFrom-Json -AsHashtable).a
${catchId("'{ bad' | ConvertFrom-Json")}`;
    expect(await run(script)).toEqual([
      'a Int64',
      'b Object[]',
      'd DateTime',
      'e Double',
      'f String',
      'c',
      '2',
      '1',
      'System.ArgumentException,Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
    ]);
  });

  it('Write-Host writes for the user, by way of the information stream', async () => {
    const script = `
Write-Host a, b -Separator '+'; Write-Host 'no line end' -NoNewline; Write-Host
$record = Write-Host 'kept' 6>&1
"$record"; $record.Tags; $record.MessageData.GetType().Name`;
    expect(await run(script)).toEqual(['a+b', 'no line end', 'kept', 'PSHOST', 'HostInformationMessage']);
  });

  it('Write-Output, Write-Warning, Write-Verbose and Write-Error write to their streams', async () => {
    const script = `
function Test-Write {
    [CmdletBinding()] param()
    Write-Output 1 2; Write-Warning w; Write-Verbose v
    Write-Error 'e' -ErrorId TheId -Category InvalidData -TargetObject 3
}
Test-Write -Verbose *>&1 | ForEach-Object { "$($_.GetType().Name) $_" }
@(Write-Output 1, 2 -NoEnumerate).Count
$Error[0].FullyQualifiedErrorId; "$($Error[0].CategoryInfo.Category)"; $Error[0].CategoryInfo.Activity
(Write-Error plain 2>&1).FullyQualifiedErrorId`;
    expect(await run(script)).toEqual([
      'Int32 1',
      'Int32 2',
      'WarningRecord w',
      'VerboseRecord v',
      'ErrorRecord e',
      '1',
      'TheId,Test-Write',
      'InvalidData',
      'Write-Error',
      'Microsoft.PowerShell.Commands.WriteErrorException',
    ]);
  });

  it('Start-Sleep waits', async () => {
    const script =
      '$watch = [Diagnostics.Stopwatch]::StartNew(); Start-Sleep -Milliseconds 50; $watch.ElapsedMilliseconds -ge 50';
    expect(await run(script)).toEqual(['True']);
  });
});
