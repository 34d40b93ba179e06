import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeModule } from './probe/probe-module.ts';
import { module, shell } from './probe/probe-shell.ts';
import { makeTwinModule } from './probe/twin-module.ts';
import { allEnded } from './processes.ts';

// Two modules of this kind in one shell, whose calls run inside of each other's pipelines: each has one core, each call
// gets its own answers, and what befalls one core is nothing to the other.

let twin: ProbeModule;

beforeAll(async () => {
  twin = await makeTwinModule();
  await shell.run(
    Type.Null(),
    `Import-Module ${quote(twin.manifest)}
    function global:Stop-TestCore { param([int] $Id)
      $process = [System.Diagnostics.Process]::GetProcessById($Id)
      $process.Kill()
      $process.WaitForExit() }`,
  );
});

afterAll(() => twin?.[Symbol.asyncDispose]());

const coreOf = (noun: string) => `(Test-${noun} Process).Id`;

describe.each([
  ['Probe', 'Twin'],
  ['Twin', 'Probe'],
])('Test-%s outside and Test-%s inside', (outer, inner) => {
  /** Runs a script whose calls must leave the cores as they are, but for those that it ends. */
  async function run(script: string) {
    const cores = await shell.run(Type.Integer(), `${coreOf(outer)}; ${coreOf(inner)}`);
    const output = await shell.run(Type.Unknown(), `$outer, $inner = ${cores.join(', ')}; ${script}`);
    const after = await shell.run(Type.Integer(), `$WarningPreference = 'Ignore'; ${coreOf(outer)}; ${coreOf(inner)}`);
    expect(new Set([...cores, ...after]).size).toBe(2 + after.filter((id, index) => id !== cores[index]).length);
    const ended = cores.filter((id, index) => id !== after[index]);
    await allEnded(ended);
    return {
      output,
      ended: cores.flatMap((id, index) => (ended.includes(id) ? [index === 0 ? 'outer' : 'inner'] : [])),
    };
  }

  test('nested calls each get their own', async () => {
    const script = `Test-${outer} Objects -Count 5 | ForEach-Object {
        $out = $_.Index
        Test-${inner} Objects -Count 3 | ForEach-Object {
          "$out $($_.Index) $((Test-${outer} Objects -Count 2).Index) $(Test-${inner} Print)" } }`;
    const output = Array.from({ length: 5 }, (_, out) => [0, 1, 2].map(at => `${out} ${at} 0 1 still here`)).flat();
    expect(await run(script)).toEqual({ output, ended: [] });
  });

  test('the records of the one are those of the other', async () => {
    const script = `(Test-${outer} Objects -Count 3).Index | Measure-${inner} | Measure-${outer} -Name { $_ }`;
    const output = ['- 0', '- 1', '- 2', 'sum 3 of 3'].map(name => `${name} -`);
    expect(await run(script)).toEqual({ output: [...output, 'sum 0 of 4'], ended: [] });
  });

  test('pipelines through both, record by record', async () => {
    const script = `Test-${outer} Objects -Count 3 | ForEach-Object { $_.Index } | Measure-${inner} |
      ForEach-Object { "$_; $(Test-${outer} Print)" }`;
    const output = ['- 0', '- 1', '- 2', 'sum 3 of 3'].map(line => `${line}; still here`);
    expect(await run(script)).toEqual({ output, ended: [] });
  });

  test('the inner core is killed in its call: that one fails, and both go on', async () => {
    const script = `Test-${outer} Objects -Count 3 | ForEach-Object {
        $index = $_.Index
        try { Test-${inner} Wait | ForEach-Object { if ($index -eq 1) { Stop-TestCore $inner } else { throw "over $index" } } }
        catch { $_.FullyQualifiedErrorId } }`;
    const output = ['over 0', `CoreEnded,Test-${inner}`, 'over 2'];
    expect(await run(script)).toEqual({ output, ended: ['inner'] });
  });

  test('the outer core is killed while the inner call runs: that one ends well, and the outer one fails', async () => {
    const script = `try { Test-${outer} Wait | ForEach-Object {
          Test-${inner} Objects -Count 2 | ForEach-Object { if ($_.Index -eq 0) { Stop-TestCore $outer }; $_.Index } } }
        catch { $_.FullyQualifiedErrorId }`;
    expect(await run(script)).toEqual({ output: [0, 1, `CoreEnded,Test-${outer}`], ended: ['outer'] });
  });

  test('the outer module is removed while the inner call runs: that one ends well', async () => {
    const manifest = outer === 'Probe' ? module.manifest : twin.manifest;
    const script = `try { Test-${outer} Wait | ForEach-Object {
          Test-${inner} Objects -Count 2 | ForEach-Object { if ($_.Index -eq 0) { Remove-Module Host${outer} }; $_.Index } } }
        catch { $_.FullyQualifiedErrorId }
        Import-Module ${quote(manifest)}`;
    expect(await run(script)).toEqual({ output: [0, 1, `CoreStopped,Test-${outer}`], ended: ['outer'] });
  });
});

test('a copied function works by its new name, and so does a pipeline of one', async () => {
  const script = `Copy-Item function:Test-Probe function:global:Test-Copied; Copy-Item function:Measure-Probe function:global:Measure-Copied
    Test-Copied Print; 1, 2 | Measure-Copied; (Test-Copied Process).Id -eq ${coreOf('Probe')}
    Remove-Item function:Test-Copied, function:Measure-Copied`;
  expect(await shell.run(Type.Unknown(), script)).toEqual(['still here', '- 1', '- 2', 'sum 3 of 2', true]);
});

test('a module that was imported with a prefix works by its new names', async () => {
  const script = `Import-Module ${quote(module.manifest)} -Prefix Other -Force
    try { Test-OtherProbe Print; 1 | Measure-OtherProbe } finally { Import-Module ${quote(module.manifest)} -Force }`;
  expect(await shell.run(Type.String(), script)).toEqual(['still here', '- 1', 'sum 1 of 1']);
});
