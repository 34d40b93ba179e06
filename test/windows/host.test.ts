import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from '../../packages/ts-cmdlet/test/host/probe/probe-module.ts';
import { noteIn } from '../../packages/ts-cmdlet/test/host/processes.ts';
import { isWineInstalled, toWindowsPath } from '../../scripts/windows/wine.ts';
import { startWindows, type Windows } from './windows.ts';

// What the host does by means that differ on Windows: pipes, processes, threads and paths.

describe.skipIf(!isWineInstalled())('on Windows', () => {
  let windows: Windows;
  let module: ProbeModule;
  let load: string;

  beforeAll(async () => {
    [windows, module] = await Promise.all([startWindows(), makeProbeModule()]);
    load = `Import-Module ${quote(toWindowsPath(module.manifest))}`;
  });

  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]();
    await module?.[Symbol.asyncDispose]();
  });

  const coreId = '(Test-Probe Process).Id';
  const scratch = (name: string) => path.join(module.scratch, name);
  const inWindows = (name: string) => quote(toWindowsPath(scratch(name)));

  test('values of any length come and go', async () => {
    // Around the size of .NET's buffer and of a pipe's, and several times as much.
    const script = `${load}
      foreach ($length in 1, 4000, 4096, 5000, 65536, 300000) {
        $text = 'é' * $length
        (Copy-ProbeValue $text) -ceq $text
      }`;
    expect(await windows.run(Type.Boolean(), script)).toEqual(Array(6).fill(true));
  });

  test('a stream that is stopped early stops its handler, and the same core answers the next call', async () => {
    const script = `${load}
      $before = ${coreId}
      (Test-Probe Objects -Count 1000000000 -Path ${inWindows('stopped early')} | Select-Object -First 2).Index
      $before -eq ${coreId}`;
    expect(await windows.run(Type.Unknown(), script)).toEqual([0, 1, true]);
    expect(Number(await noteIn(scratch('stopped early')))).toBeLessThan(20_000);
  });

  test('a runspace that closes while its core has a stream to send leaves no core', async () => {
    const script = `
      $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
      $runspace.Open()
      $session = [powershell]::Create($runspace)
      $id = $session.AddScript(${quote(`${load}; ${coreId}; $null = Test-Probe Objects -Count 1000000000 | Select-Object -First 1`)}).Invoke()
      $core = [System.Diagnostics.Process]::GetProcessById($id[0])
      $runspace.Dispose()
      $core.WaitForExit(30000)`;
    expect(await windows.run(Type.Boolean(), script)).toEqual([true]);
  });

  test.each([5, 12])('%i runspaces at once have a core each, which answers all their calls', async count => {
    const script = `$load = ${quote(load)}
      1..${count} | ForEach-Object -ThrottleLimit ${count} -UseNewRunspace -Parallel {
        Invoke-Expression $using:load
        @(1..3 | ForEach-Object { ${coreId} } | Sort-Object -Unique).Count
      }`;
    expect(await windows.run(Type.Integer(), script, { seconds: 90 })).toEqual(Array(count).fill(1));
  });

  test('a call that is cancelled while its plan is made does not act', async () => {
    // The core alone, because PowerShell does not tell when it has sent the cancellation. Which of the core's threads is
    // first is chance, so there are many such calls. A shorter plan is not asked for.
    const core = toWindowsPath(path.join(module.folder, 'core', 'core.mjs'));
    const calls = Array.from({ length: 20 }, (_, index) => {
      const [late, go] = [scratch(`late-${index}`), scratch(`go-${index}`)];
      const parameters = { Action: 'BlockPlan', Path: toWindowsPath(late), Text: toWindowsPath(go) };
      const params = { cmdlet: 'Test-Probe', parameterSetName: '__AllParameterSets', parameters };
      const id = index + 1;
      return {
        acted: `${late}-acted`,
        script: `
          $writer.WriteLine(${quote(JSON.stringify({ jsonrpc: '2.0', id, method: 'cmdlet/invoke', params }))})
          while (-not [System.IO.File]::Exists(${quote(parameters.Path)})) { Start-Sleep -Milliseconds 20 }
          Start-Sleep -Milliseconds 50
          $writer.WriteLine(${quote(JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } }))})
          [System.IO.File]::WriteAllText(${quote(parameters.Text)}, '')
          do { $line = $reader.ReadLine() } until ($line -match '"id":${id}[,}]' -and $line -notmatch '"method"')
          ($line | ConvertFrom-Json).error.code`,
      };
    });
    const script = `
      $start = [System.Diagnostics.ProcessStartInfo]::new(${quote(windows.node)}, [string[]] ${quote(core)})
      $start.RedirectStandardInput = $true
      $name = "probe-$([guid]::NewGuid())"
      $pipe = [System.IO.Pipes.NamedPipeServerStream]::new($name, 'InOut', 1, 'Byte', 'Asynchronous', 65536, 65536)
      $core = [System.Diagnostics.Process]::Start($start)
      $core.StandardInput.WriteLine((@{ address = "\\\\.\\pipe\\$name"; nonce = 'n' } | ConvertTo-Json -Compress))
      $pipe.WaitForConnection()
      $reader = [System.IO.StreamReader]::new($pipe)
      $writer = [System.IO.StreamWriter]::new($pipe)
      $writer.AutoFlush = $true
      ${calls.map(call => call.script).join('\n')}
      $pipe.Dispose()
      $core.WaitForExit()`;
    expect(await windows.run(Type.Unknown(), script)).toEqual(calls.map(() => -32800));
    expect(calls.map(({ acted }) => acted).filter(existsSync)).toEqual([]);
  });

  test.each([
    ['between two calls', (path: string) => `$null = Test-Probe Quiet -Path ${path}; Start-Sleep 600`],
    ['in the middle of a call', (path: string) => `Test-Probe Quiet -Count 600000 -Path ${path}`],
    ['while a handler blocks its core', (path: string) => `Test-Probe Block -Path ${path}`],
  ])('a shell that is killed %s leaves no core', async (name, call) => {
    const shell = await windows.start(`${load}; ${call(inWindows(`killed ${name}`))}`);
    await noteIn(scratch(`killed ${name}`));
    await shell.kill();
    await shell.ended;
    await windows.allEnded();
  });

  test('a megabyte that a program prints damages no message, and is in the debug stream', async () => {
    const script = `${load}; $DebugPreference = 'Continue'; $found = @(Test-Probe PrintMuch -Count 10000 5>&1)
      $objects = $found.Where({ $_ -isnot [System.Management.Automation.DebugRecord] })
      "$($objects.Count) $(($objects.Index | Measure-Object -Sum).Sum)"
      $found.Where({ "$_" -ceq 'x' * 1023 }).Count -gt 900`;
    expect(await windows.run(Type.Unknown(), script)).toEqual(['10000 49995000', true]);
  });

  test('a variable that is set after the core has started is there in the next call', async () => {
    const script = `${load}; Test-Probe Variable -Text PROBE_A; $env:probe_a = 'set'; Test-Probe Variable -Text PROBE_A`;
    expect(await windows.run(Type.String(), script)).toEqual(['none null', 'set set']);
  });

  test('a path with blanks and letters beyond ASCII is one', async () => {
    const folder = scratch('Ada’s módulos 模块');
    await cp(module.folder, path.join(folder, 'HostProbe'), { recursive: true });
    const manifest = quote(toWindowsPath(path.join(folder, 'HostProbe', 'HostProbe.psd1')));
    const script = `Import-Module ${manifest}; (Test-Probe Process).Id -gt 0; (Get-Module HostProbe).ModuleBase`;
    expect(await windows.run(Type.Unknown(), script)).toEqual([true, toWindowsPath(path.join(folder, 'HostProbe'))]);
  });
});
