import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { type PowerShellProcess, startSession, toLines } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeProbeModule } from './probe/probe-module.ts';
import { module, shell } from './probe/probe-shell.ts';
import { allEnded, noteIn } from './processes.ts';

// A call ends when the user or the pipeline no longer wants it: its handler's signal is aborted, and both the shell and
// the core go on.

// Windows has no signals: there, only a console can send a Ctrl+C.
describe.skipIf(process.platform === 'win32')('Ctrl+C', () => {
  const coreId = '(Test-Probe Process).Id';

  /** The call was stopped without a word, and a session that keeps the core's id in `$before` goes on with that core. */
  async function expectSameCore(session: PowerShellProcess) {
    session.write(`"same core: $($before -eq ${coreId}), errors: $($Error.Count)"\nexit 3\n`);
    const { stdout, stderr, exitCode } = await session.ended;
    expect(stdout).toContain('same core: True, errors: 0');
    expect(stdout).not.toContain('not reached');
    expect(stderr).toBe('');
    expect(exitCode).toBe(3);
  }

  test.each([
    ['waits', 'Wait'],
    ['writes objects without end', 'Objects -Count 1000000000'],
  ])('stops a call that %s, and the same core answers the next', async (_name, action) => {
    const file = path.join(module.scratch, `note-${action.slice(0, 4)}`);
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $before = ${coreId}\n`);
    session.write(`[System.IO.File]::WriteAllText(${quote(`${file}-core`)}, "$before")\n`);
    session.write(
      `try { Test-Probe ${action} -Path ${quote(file)} | ForEach-Object { if (-not $seen) { $seen = 1; [Console]::Out.WriteLine('running') } }; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n`,
    );
    await session.waitForOutput('running');
    // A terminal sends it to both.
    session.kill('SIGINT');
    process.kill(Number(await noteIn(`${file}-core`)), 'SIGINT');
    await session.waitForOutput('finally');
    expect(await noteIn(file)).toMatch(/^(stopped|\d+)$/);
    await expectSameCore(session);
  });

  test.each([
    [
      'does what comes behind the last record',
      `1 | Measure-Probe | ForEach-Object { if ($_ -like 'sum*') { [Console]::Out.WriteLine('at the end'); while ($true) { } } }`,
      'at the end',
    ],
    [
      'is inside of another',
      `Test-Probe Wait | ForEach-Object { Test-Probe Wait | ForEach-Object { [Console]::Out.WriteLine('inside') } }`,
      'inside',
    ],
  ])('stops a call that %s, and the same core answers the next', async (_name, call, sign) => {
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $before = ${coreId}\n`);
    session.write(`try { ${call}; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n`);
    await session.waitForOutput(sign);
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    await expectSameCore(session);
  });

  test('stops a call that asks what was started instead of Node.js for its version', async () => {
    const asked = path.join(module.scratch, 'note-asked');
    const node = path.join(module.scratch, 'node-that-waits');
    const script = `#!/bin/sh\n[ "$1" = --version ] || exit 1\necho $$ > '${asked}.new' && mv '${asked}.new' '${asked}'\nexec sleep 600\n`;
    await writeFile(node, script, { mode: 0o755 });
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $env:HOSTPROBE_NODE = ${quote(node)}\n`);
    session.write("try { Test-Probe Quiet; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n");
    const process = Number(await noteIn(asked));
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    await allEnded([process]);
    session.write(`$env:HOSTPROBE_NODE = ''; "errors: $($Error.Count)"; Test-Probe Quiet\nexit 3\n`);
    const { stdout, stderr } = await session.ended;
    expect(stdout).toContain('errors: 0');
    expect(stdout).toContain('after the quiet');
    expect(stdout).not.toContain('not reached');
    expect(stderr).toBe('');
  });

  test("stops a call in the module's own PowerShell, and the same core answers the next", async () => {
    const file = path.join(module.scratch, 'note-function');
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $before = ${coreId}\n`);
    session.write(
      `try { Test-Probe CallHost -Path ${quote(file)}; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n`,
    );
    await session.waitForOutput('in the function');
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    expect(await noteIn(file)).toBe('stopped');
    await expectSameCore(session);
  });

  test.each([
    ['handler', 'Block'],
    ['plan', 'BlockPlan'],
  ])('stops a call whose %s blocks its core, and the next call has a new one', async (_name, action) => {
    const file = path.join(module.scratch, `note-${action}`);
    await using session = await startSession();
    // A core that is still being started is ended at once.
    session.write(`Import-Module ${quote(module.manifest)}; $null = ${coreId}\n`);
    session.write(
      `try { Test-Probe ${action} -Path ${quote(file)}; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n`,
    );
    const id = Number(await noteIn(file));
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    // Not only when the next call finds it.
    await allEnded([id]);
    session.write('"errors: $($Error.Count) next: $(Test-Probe Print)"\nexit 3\n');
    const { stdout, stderr, exitCode } = await session.ended;
    expect(stdout).toContain('WARNING: The core of HostProbe did not stop when a call was cancelled');
    expect(stdout).toContain('errors: 0 next: still here');
    expect(stdout).not.toContain('not reached');
    expect(stderr).toBe('');
    expect(exitCode).toBe(3);
  });

  test('stops a command further down while the handler blocks its core, and the next call has a new one', async () => {
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $id = ${coreId}\n`);
    session.write(
      `try { Test-Probe Block | ForEach-Object { [Console]::Out.WriteLine("core $id;"); while ($true) { } } } finally { [Console]::Out.WriteLine('finally') }\n`,
    );
    await session.waitForOutput(';');
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    session.write('"next: $(Test-Probe Print)"; "errors: $($Error.Count)"\nexit 3\n');
    const { stdout, stderr, exitCode } = await session.ended;
    expect(stdout).toContain('WARNING: The core of HostProbe did not stop when a call was cancelled');
    expect(toLines(stdout).slice(-2)).toEqual(['next: still here', 'errors: 0']);
    await allEnded([Number(/core (\d+);/.exec(stdout)?.[1])]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(3);
  });

  test('stops the start of a core that never answers, and the next call starts a new one', async () => {
    await using silent = await makeProbeModule(path.join(import.meta.dirname, 'fake-cores', 'silent.mjs'));
    const file = path.join(silent.scratch, 'core-id');
    await using session = await startSession();
    session.write(`$env:FAKE_CORE_FILE = ${quote(file)}; Import-Module ${quote(silent.manifest)}\n`);
    session.write(`try { Test-Probe Wait } finally { [Console]::Out.WriteLine('finally') }\n`);
    const id = Number(await noteIn(file));
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    await allEnded([id]);
    session.write('"errors: $($Error.Count)"; $env:HOSTPROBE_TIMEOUT = 1\n');
    session.write('try { Test-Probe Wait } catch { $_.FullyQualifiedErrorId }\nexit 3\n');
    const { stdout, exitCode } = await session.ended;
    // Nor is it said to have been busy.
    expect(toLines(stdout)).toEqual(['finally', 'errors: 0', 'CoreNotResponding,Test-Probe']);
    expect(exitCode).toBe(3);
  });
});

test('a call that is cancelled while its plan is made does not act', async () => {
  const file = path.join(module.scratch, 'note-late');
  const release = `${file}-go`;
  // The core alone, because PowerShell does not tell when it has sent the cancellation.
  const core = spawn(process.execPath, [path.join(module.folder, 'core', 'core.mjs')], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const server = createServer().listen(path.join(module.scratch, 'socket'));
  onTestFinished(() => {
    core.kill();
    server.close();
  });
  core.stdin.end(`${JSON.stringify({ address: path.join(module.scratch, 'socket'), nonce: 'n' })}\n`);
  const [socket]: Socket[] = await once(server, 'connection');
  if (socket === undefined) throw new Error('Nothing connected.');
  const send = (message: object) =>
    new Promise(resolve => socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`, resolve));
  // From here on: an interface drops the lines that nobody waits for.
  const said = createInterface(socket)[Symbol.asyncIterator]();
  const parameters = { Action: 'BlockPlan', Path: file, Text: release };
  const params = { cmdlet: 'Test-Probe', parameterSetName: '__AllParameterSets', parameters };
  await send({ id: 1, method: 'cmdlet/invoke', params });
  await noteIn(file);
  await send({ method: '$/cancelRequest', params: { id: 1 } });
  // A plan of less than 20 ms is not asked for.
  await setTimeout(50);
  await writeFile(release, '');
  const lines: unknown[] = [];
  // Before that it says that it is there, and may ask whether it is still waited for.
  for await (const line of said) if (lines.push(JSON.parse(line)) && !line.includes('"method"')) break;
  expect(lines.at(-1)).toMatchObject({ id: 1, error: { code: -32800 } });
  expect(existsSync(`${file}-acted`)).toBe(false);
  socket.end();
  await once(core, 'exit');
});

describe('Select-Object -First', () => {
  test('stops a handler that would write without end', async () => {
    const file = path.join(module.scratch, 'note-select');
    const script = `(Test-Probe Objects -Count 1000000000 -Path ${quote(file)} | Select-Object -First 2).Index`;
    expect(await shell.run(Type.Integer(), script)).toEqual([0, 1]);
    // The pipes between hold some tens of thousands of bytes, and each object has more than a hundred.
    expect(Number(await noteIn(file))).toBeLessThan(20_000);
  });

  test('sees the first object before the handler has ended', async () => {
    const file = path.join(module.scratch, 'note-first');
    expect(await shell.run(Type.String(), `Test-Probe Wait -Path ${quote(file)} | Select-Object -First 1`)).toEqual([
      'waiting',
    ]);
    expect(await noteIn(file)).toBe('stopped');
  });
});

test('a slow pipeline holds the handler back', async () => {
  const file = path.join(module.scratch, 'note-slow');
  const script = `$count = 0
    Test-Probe Objects -Count 1000000 -Path ${quote(file)} | ForEach-Object {
      $count++
      if ($count -eq 100) { [System.Threading.Thread]::Sleep(500); throw 'enough' }
    }`;
  await expect(shell.run(Type.Unknown(), script)).rejects.toThrow('enough');
  expect(Number(await noteIn(file))).toBeLessThan(20_000);
});

describe('a command further down the pipeline ends it', () => {
  test.each([['throw 1'], ['break'], ['continue']])('by %s, and the handler with it', async statement => {
    const file = path.join(module.scratch, `note-${statement}`);
    const call = `Test-Probe Objects -Count 1000000000 -Path ${quote(file)} | ForEach-Object { ${statement} }`;
    await shell.run(Type.Unknown(), `try { foreach ($i in 1) { ${call} } } catch { }`);
    expect(Number(await noteIn(file))).toBeLessThan(20_000);
  });

  // Write-Output is a compiled cmdlet.
  const compare = async (script: (call: string) => string) => {
    const found = await shell.run(Type.String(), script('Test-Probe Objects -Count 5'));
    expect(found).toEqual(await shell.run(Type.String(), script('Write-Output 1, 2, 3, 4, 5')));
    return found;
  };

  test.each([
    ['break', ['1']],
    ['continue', ['1', '2']],
    ['continue outer', ['1']],
    ['break outer', ['1']],
    ['return', ['1', 'after', '2', 'after']],
  ])('by %s, which reaches the loop that it would reach behind a compiled cmdlet', async (statement, expected) => {
    const found = await compare(
      call =>
        `:outer foreach ($o in 1) { foreach ($i in 1, 2) { "$i"; ${call} | ForEach-Object { ${statement} }; 'after' } }`,
    );
    expect(found).toEqual(expected);
  });

  test.each([
    ["throw 'text'"],
    ['[int]::Parse("x")'],
    ['Test-Nothing'],
    ["throw [System.IO.IOException]::new('disk')"],
  ])('by the error of %s, which is told as behind a compiled cmdlet', async statement => {
    await compare(
      call => `try { ${call} | ForEach-Object { ${statement} } } catch {
          $_.FullyQualifiedErrorId; $_.Exception.GetType().Name; "$_"; "$($_.InvocationInfo.MyCommand.Name)" }`,
    );
  });
});

test('calls nest: the inner ones run while the outer one writes', async () => {
  const script = `Test-Probe Objects -Count 200 | ForEach-Object {
      $outer = $_.Index
      Test-Probe Objects -Count 3 | ForEach-Object { "$outer $((Test-Probe Print -Text x) -eq 'still here') $($_.Index)" }
    }`;
  const expected = Array.from({ length: 200 }, (_, outer) => [0, 1, 2].map(inner => `${outer} True ${inner}`)).flat();
  expect(await shell.run(Type.String(), script)).toEqual(expected);
});
