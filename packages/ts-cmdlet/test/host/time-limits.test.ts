import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// A call may take as long as it likes; a core that does not even say that it is there is given up.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell(module.manifest);
  await shell.run(Type.Null(), "$env:HOSTPROBE_TIMEOUT = '3'");
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

test('a call that is quiet for longer than the limit goes on', async () => {
  expect(await shell.run(Type.String(), 'Test-Probe Quiet -Count 7000')).toEqual(['after the quiet']);
});

test('a handler that blocks its core for longer is given up, and the next call works', async () => {
  const script = `try { Test-Probe Block } catch { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)" }; Test-Probe Quiet`;
  expect(await shell.run(Type.String(), script)).toEqual([
    'blocking',
    'CoreNotResponding,Test-Probe',
    'OperationTimeout',
    'after the quiet',
  ]);
});

test('what the user and the pipeline take their time for is not counted', async () => {
  const script = 'Test-Probe Objects -Count 2 | ForEach-Object { [System.Threading.Thread]::Sleep(4000); $_.Index }';
  expect(await shell.run(Type.Integer(), script)).toEqual([0, 1]);
});

/** What a call gives with a limit, in a module that is loaded again, as the setting is read when a core starts. */
const callWith = (limit: string, parameters: string) =>
  shell.run(
    Type.String(),
    `Import-Module ${quote(module.manifest)} -Force; $env:HOSTPROBE_TIMEOUT = ${quote(limit)}
    try { Test-Probe Quiet -Count 300 ${parameters} 3>$null } catch { $_.FullyQualifiedErrorId } finally { $env:HOSTPROBE_TIMEOUT = '3' }
    foreach ($warning in $warnings) { "$warning" }`,
  );

test('0 is no limit', async () => {
  expect(await callWith('0', '-WarningVariable warnings')).toEqual(['after the quiet']);
});

test.each(['soon', '-1', '99999999'])('%s is no number of seconds, which a warning says', async limit => {
  const warning = `The environment variable HOSTPROBE_TIMEOUT is '${limit}', which is no whole number of seconds up to 65535. The limit stays at 30 seconds.`;
  expect(await callWith(limit, '-WarningVariable warnings')).toEqual(['after the quiet', warning]);
});

test.runIf(process.platform === 'linux')('a warning about it that ends the call leaves no core', async () => {
  expect(await callWith('soon', '-WarningAction Stop')).toEqual(['ActionPreferenceStop,Test-Probe']);
  const children =
    '[System.IO.Directory]::GetDirectories("/proc/$PID/task").ForEach({ [System.IO.File]::ReadAllText("$_/children").Trim() })';
  expect((await shell.run(Type.String(), children)).join('')).toBe('');
});
