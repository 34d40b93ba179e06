import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startSession, toLines } from 'powershell-driver/process';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';
import { makeTwinModule } from './probe/twin-module.ts';
import { allEnded, isRunning, noteIn } from './processes.ts';

// One core for each importing runspace: started at the first call, ended with the module, the runspace or the shell,
// orphaned never.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell();
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

const Id = Type.Integer();
const coreId = '(Test-Probe Process).Id';
// A core is a process that the shell has started.
const hasCore = `[bool] (Get-Process | Where-Object { $_.Parent.Id -eq $PID })`;
const load = () => `Import-Module ${quote(module.manifest)}`;

beforeEach(async () => {
  await shell.run(Type.Unknown(), `Remove-Module HostProbe -ErrorAction Ignore; ${load()}`);
});

test('import starts no core, and neither does help, completion or a call that does not bind', async () => {
  const wrong = "try { Test-Probe -Action Nothing } catch { 'refused' }";
  const script = `$null = Get-Help Test-Probe; $null = TabExpansion2 'Test-Probe -A' 13; $null = ${wrong}; ${hasCore}`;
  expect(await shell.run(Type.Boolean(), script)).toEqual([false]);
});

test('all calls of a runspace share one core', async () => {
  const ids = await shell.run(Id, `${coreId}; ${coreId}; & { ${coreId} }`);
  expect(new Set(ids).size).toBe(1);
});

test('Remove-Module ends the core', async () => {
  const ids = await shell.run(Id, `${coreId}; Remove-Module HostProbe`);
  await allEnded(ids);
});

describe('a core that is needed no more', () => {
  test('ends behind its call, and the next call starts another without a word', async () => {
    const ids = await shell.run(Id, `Test-Probe EndCore; ${hasCore} ? 0 : 1; ${coreId} 3>&1`);
    expect(ids).toEqual([expect.any(Number), 1, expect.any(Number)]);
    expect(ids[0]).not.toBe(ids[2]);
    await allEnded(ids.slice(0, 1));
  });

  test('ends once a call around that one has ended as well', async () => {
    const script = `Test-Probe Objects -Count 3 | ForEach-Object { Test-Probe EndCore }; ${hasCore} ? 0 : 1`;
    const ids = await shell.run(Id, script);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(ids.slice(3)).toEqual([1]);
  });

  test('ends once a pipeline around it has ended as well', async () => {
    const script = `1..3 | Measure-Probe | ForEach-Object { [void] (Test-Probe EndCore); 7 }; ${hasCore} ? 0 : 1`;
    const ids = await shell.run(Type.Unknown(), script);
    expect(ids).toEqual([7, 7, 7, 7, 1]);
  });

  test('goes on where another call comes before its end', async () => {
    const script = `Test-Probe Objects -Count 1 | ForEach-Object { Test-Probe EndCore; ${coreId} }; ${coreId}`;
    expect(new Set(await shell.run(Id, script)).size).toBe(1);
  });
});

test('Import-Module -Force starts afresh', async () => {
  const [before = 0, after = 0] = await shell.run(Id, `${coreId}; ${load()} -Force; ${coreId}`);
  expect(before).not.toBe(after);
  await allEnded([before]);
  expect(isRunning(after)).toBe(true);
});

test.each([
  ['Remove-Module HostProbe', load],
  ['Import-Module -Force', () => ''],
])('%s in the middle of a call ends it with an error, and its core', async (command, restore) => {
  const statement = command.startsWith('Remove') ? command : `${load()} -Force`;
  const [before, error, after] = await shell.run(
    Type.Unknown(),
    `${coreId}
    try { Test-Probe Objects -Count 1000000 | ForEach-Object { if ($_.Index -eq 10) { ${statement} } } } catch { $_.FullyQualifiedErrorId }
    ${restore()}
    ${coreId}`,
  );
  expect(error).toBe('CoreStopped,Test-Probe');
  expect(after).toEqual(expect.any(Number));
  expect(after).not.toBe(before);
  await allEnded([Number(before)]);
});

test('a second module of this kind in the same shell has a core of its own', async () => {
  await using twin = await makeTwinModule();
  const script = `${coreId}; Import-Module ${quote(twin.manifest)}; (Test-Twin Process).Id; Remove-Module HostTwin; ${coreId}`;
  const [before, others = 0, after] = await shell.run(Id, script);
  expect(after).toBe(before);
  expect(others).not.toBe(before);
  await allEnded([others]);
});

test('a call from the action of an event comes after the call that it fell into, as with a compiled cmdlet', async () => {
  const script = `$global:inner = $null
    $timer = [System.Timers.Timer]::new(50)
    $timer.AutoReset = $false
    $action = { $global:inner = Test-Probe Quiet -Count 200 }
    $subscriber = $ExecutionContext.Events.SubscribeEvent($timer, 'Elapsed', 'probe', $null, $action, $false, $false)
    ${coreId} | Out-Null
    $timer.Start()
    Test-Probe Quiet -Count 500
    while ($null -eq $global:inner) { Start-Sleep -Milliseconds 10 }
    $global:inner
    $ExecutionContext.Events.UnsubscribeEvent($subscriber)
    Test-Probe Print`;
  expect(await shell.run(Type.String(), script)).toEqual(['after the quiet', 'after the quiet', 'still here']);
});

describe('runspaces', () => {
  test('each have a core of their own, which ends with them', async () => {
    const ids = await shell.run(
      Id,
      `$runspaces = foreach ($i in 1, 2, 3) {
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.Open()
        $runspace
      }
      $sessions = foreach ($runspace in $runspaces) {
        $session = [powershell]::Create($runspace).AddScript(${quote(`${load()}; ${coreId}; ${coreId}`)})
        [pscustomobject] @{ Session = $session; Running = $session.BeginInvoke() }
      }
      foreach ($one in $sessions) { $one.Session.EndInvoke($one.Running) }
      foreach ($runspace in $runspaces) { $runspace.Dispose() }
      ${coreId}`,
    );
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(4);
    const [own = 0] = ids.splice(-1);
    await allEnded(ids);
    expect(isRunning(own)).toBe(true);
  });

  test.each([
    ['that hears of it', 'Wait', () => '$output.Count -eq 2'],
    ['that blocks its core', 'Block', (note: string) => `[System.IO.File]::Exists(${note})`],
    ['that does not', 'Quiet -Count 100000', (note: string) => `[System.IO.File]::Exists(${note})`],
  ])('that are closed in the middle of a call %s leave no core', async (_name, action, isRunning) => {
    const note = quote(path.join(module.scratch, `note-${action.slice(0, 4)}`));
    const ids = await shell.run(
      Id,
      `$runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
      $runspace.Open()
      $session = [powershell]::Create($runspace).AddScript(${quote(`${load()}; ${coreId}; Test-Probe ${action} -Path ${note}`)})
      $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
      $running = $session.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]] $null, $output)
      $null = [System.Threading.SpinWait]::SpinUntil({ ${isRunning(note)} }, 20000)
      $output[0]
      $runspace.Dispose()`,
    );
    expect(ids).toHaveLength(1);
    await allEnded(ids);
  });

  test('of ForEach-Object -Parallel each have a core, and none is left', async () => {
    const ids = await shell.run(
      Id,
      `$manifest = ${quote(module.manifest)}
      1..6 | ForEach-Object -ThrottleLimit 2 -Parallel { Import-Module $using:manifest; ${coreId} }`,
    );
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBeLessThanOrEqual(6);
    await allEnded(ids);
  });
});

test('what a handler has started with its signal ends with the call, and the core does not', async () => {
  const note = path.join(module.scratch, 'left');
  const [before, left, after] = await shell.run(
    Type.Unknown(),
    `${coreId}; Test-Probe Leave -Path ${quote(note)}; ${coreId}`,
  );
  expect(left).toBe('still here');
  await allEnded([Number(await readFile(note, 'utf8'))]);
  expect(await shell.run(Id, coreId)).toEqual([before]);
  expect(after).toBe(before);
});

test('a core that is given up ends alone: what it has opened stays', async () => {
  const [answer, asked] = [path.join(module.scratch, 'opened'), path.join(module.scratch, 'asked')];
  const call = `Test-Probe LeaveAndBlock -Path ${quote(answer)} -Text ${quote(asked)}`;
  const script = `$env:HOSTPROBE_TIMEOUT = '3'; ${load()} -Force
    try { ${call} } catch { $_.FullyQualifiedErrorId } finally { $env:HOSTPROBE_TIMEOUT = $null }`;
  expect(await shell.run(Type.String(), script)).toEqual(['CoreNotResponding,Test-Probe']);
  await writeFile(asked, '');
  expect(await noteIn(answer)).toBe('there');
});

test('of a core that has ended nothing is left that would end another process', async () => {
  const children = 'Get-Process | Where-Object { $_.Parent.Id -eq $PID }';
  const script = `$core = Get-Process -Id (${coreId}); $core.Kill(); $core.WaitForExit()
    $null = [System.Threading.SpinWait]::SpinUntil({ @(${children}).Count -eq 0 }, 20000); @(${children}).Count`;
  expect(await shell.run(Id, script)).toEqual([0]);
});

describe('the end of the shell leaves no core:', () => {
  async function session(...lines: string[]) {
    const started = await startSession();
    started.write([load(), `$id = ${coreId}; [Console]::Out.WriteLine("id=$id;")`, ...lines, ''].join('\n'));
    await started.waitForOutput(';');
    return started;
  }
  const idIn = (stdout: string) => Number(/id=(\d+);/.exec(stdout)?.[1]);

  test.each([
    ['exit', ['exit 4']],
    ['exit in the middle of a call', ['Test-Probe Wait | ForEach-Object { exit 4 }']],
    ['[Environment]::Exit in the middle of a call', ['Test-Probe Wait | ForEach-Object { [Environment]::Exit(4) }']],
  ])('%s', async (_name, lines) => {
    await using shell = await session(...lines);
    const { stdout, exitCode } = await shell.ended;
    expect(exitCode).toBe(4);
    await allEnded([idIn(stdout)]);
  });

  test('the end of its input', async () => {
    await using shell = await session();
    shell.end();
    await allEnded([idIn((await shell.ended).stdout)]);
  });

  test.each([
    ['between two calls', "[Console]::Out.WriteLine('waiting')"],
    ['in the middle of a call', 'Test-Probe Wait | ForEach-Object { [Console]::Out.WriteLine($_) }'],
    // Such a core does not even see the end of its input.
    ['while a handler blocks its core', 'Test-Probe Block | ForEach-Object { [Console]::Out.WriteLine("waiting") }'],
  ])('killed %s', async (_name, line) => {
    await using shell = await session(line);
    await shell.waitForOutput('waiting');
    shell.kill('SIGKILL');
    const { stdout } = await shell.ended;
    expect(toLines(stdout).at(-1)).toBe('waiting');
    await allEnded([idIn(stdout)]);
  });

  // The system has no time for it, and it sees no end of its connection.
  test.skipIf(process.platform === 'win32')('killed while its core is stopped', async () => {
    const note = path.join(module.scratch, 'stopped');
    await using shell = await session(`[System.IO.File]::WriteAllText(${quote(note)}, $id)`);
    const id = Number(await noteIn(note));
    process.kill(id, 'SIGSTOP');
    onTestFinished(() => void (isRunning(id) && process.kill(id, 'SIGKILL')));
    shell.kill('SIGKILL');
    await shell.ended;
    await allEnded([id]);
  });

  test.skipIf(process.platform === 'win32')('killed while a plan waits for a file in Node.js itself', async () => {
    const pipe = path.join(module.scratch, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await using shell = await startSession();
    shell.write(`${load()}\nTest-Probe BlockRead -Path ${quote(pipe)}\n`);
    const id = Number(await noteIn(`${pipe}-note`));
    onTestFinished(() => void (isRunning(id) && process.kill(id, 'SIGKILL')));
    shell.kill('SIGKILL');
    await shell.ended;
    await allEnded([id]);
  });

  test.each([
    ['first', ''],
    ['after a handler', 'Test-Probe Print'],
  ])('killed while a plan blocks its core, %s', async (name, before) => {
    const file = path.join(module.scratch, `plan ${name}`);
    await using shell = await startSession();
    shell.write(`${load()}\n${before}\nTest-Probe BlockPlan -Path ${quote(file)}\n`);
    const id = Number(await noteIn(file));
    shell.kill('SIGKILL');
    await shell.ended;
    await allEnded([id]);
  });
});
