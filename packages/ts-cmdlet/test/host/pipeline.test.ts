import path from 'node:path';
import { startSession } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';
import { noteIn } from './processes.ts';

// A pipeline has one handler, from its first record to its end: about_Functions_Advanced_Methods. Measure-Probe tells each
// record as it comes, and at the end the sum; in its file it notes that it was closed.

const lines = (script: string) => shell.run(Type.String(), script);

describe('each record reaches the handler, and its end comes behind the last:', () => {
  test.each([
    ['by value', '1, 2, 3 | Measure-Probe', ['- 1', '- 2', '- 3', 'sum 6 of 3']],
    ['without a pipeline', 'Measure-Probe 5', ['- 5', 'sum 5 of 1']],
    ['without a record', '@() | Measure-Probe', ['sum 0 of 0']],
    ['with a name from the command line', "1, 2 | Measure-Probe -Name 'a'", ['a 1', 'a 2', 'sum 3 of 2 for a']],
    [
      'with a name from each record by a script block',
      "[pscustomobject] @{ N = 'a' }, [pscustomobject] @{ N = 'b' } | Measure-Probe -Name { $_.N }",
      ['a -', 'b -', 'sum 0 of 2'],
    ],
    ['with a name and no record', "@() | Measure-Probe -NAME 'a'", ['sum 0 of 0 for a']],
    ['with a name and no pipeline', "Measure-Probe 5 -Name 'a'", ['a 5', 'sum 5 of 1 for a']],
    [
      'two in one statement',
      '1, 2 | Measure-Probe | ForEach-Object { 10 | Measure-Probe }',
      [...['- 10', 'sum 10 of 1', '- 10', 'sum 10 of 1', '- 10', 'sum 10 of 1']],
    ],
  ])('%s', async (_name, script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
});

test('what one record bound by name is not bound for the next', async () => {
  const records =
    "[pscustomobject] @{ Name = 'a' }, [pscustomobject] @{ Size = 1 }, [pscustomobject] @{ Name = 'b'; Size = 2 }";
  expect(await lines(`${records} | Measure-Probe`)).toEqual(['a -', '- 1', 'b 2', 'sum 3 of 3']);
});

test('pipelines side by side keep their own', async () => {
  const script = `1, 2 | Measure-Probe -Name outer | ForEach-Object { $_; 5, 6 | Measure-Probe -Name inner }`;
  const inner = ['inner 5', 'inner 6', 'sum 11 of 2 for inner'];
  expect(await lines(script)).toEqual(['outer 1', ...inner, 'outer 2', ...inner, 'sum 3 of 2 for outer', ...inner]);
});

describe('a pipeline is closed', () => {
  test.each([
    ['when it ends', '1, 2', '', 2],
    ['when it has enough', '1, 2, 3', '| Select-Object -First 1', 1],
    ['by an error further down', '1, 2, 3', "| ForEach-Object { if ($_ -eq '- 2') { throw 'no' } }", 2],
    ['by a break further down', '1, 2, 3', '| ForEach-Object { break }', 1],
    ['by an error further up', "1, 2, 3 | ForEach-Object { if ($_ -eq 2) { throw 'no' }; $_ }", '', 1],
  ])('%s', async (name, records, rest, count) => {
    const file = path.join(module.scratch, name.replaceAll(' ', '-'));
    const script = `foreach ($i in 1) { try { ${records} | Measure-Probe -Path ${quote(file)} ${rest} } catch { } }`;
    await shell.run(Type.Unknown(), script);
    expect(await noteIn(file)).toBe(`closed at ${count}\n`);
  });

  const busy = "[Console]::Out.WriteLine('running'); while ($true) { }";
  test.skipIf(process.platform === 'win32').each([
    ['down', (call: string) => `1, 2 | ${call} | ForEach-Object { ${busy} }`],
    ['up, between two records', (call: string) => `1, 2 | ForEach-Object { if ($_ -eq 2) { ${busy} }; $_ } | ${call}`],
  ])('by Ctrl+C in a command further %s, and the same core goes on', async (where, pipeline) => {
    const file = path.join(module.scratch, `ctrl-c-${where.slice(0, 2)}`);
    await using session = await startSession();
    session.write(`Import-Module ${quote(module.manifest)}; $before = (Test-Probe Process).Id\n`);
    session.write(
      `try { ${pipeline(`Measure-Probe -Path ${quote(file)}`)}; 'not reached' } finally { [Console]::Out.WriteLine('finally') }\n`,
    );
    await session.waitForOutput('running');
    session.kill('SIGINT');
    await session.waitForOutput('finally');
    expect(await noteIn(file)).toBe('closed at 1\n');
    session.write(
      '"next: $(5 | Measure-Probe); same core: $($before -eq (Test-Probe Process).Id); errors: $($Error.Count)"\nexit 3\n',
    );
    const { stdout, stderr, exitCode } = await session.ended;
    expect(stdout).toContain('next: - 5 sum 5 of 1; same core: True; errors: 0');
    expect(stdout).not.toContain('not reached');
    expect(stderr).toBe('');
    expect(exitCode).toBe(3);
  });
});

test('a pipeline whose core has ended in the middle is an error, and the next one works', async () => {
  const end =
    '[System.Diagnostics.Process]::GetProcessById((Test-Probe Process).Id).Kill(); [System.Threading.Thread]::Sleep(200)';
  const script = `try { 1, 2 | ForEach-Object { if ($_ -eq 2) { ${end} }; $_ } | Measure-Probe -WarningAction Ignore } catch { $_.FullyQualifiedErrorId }`;
  expect(await lines(script)).toEqual(['- 1', 'PipelineLost,Measure-Probe']);
  expect(await lines('1 | Measure-Probe')).toEqual(['- 1', 'sum 1 of 1']);
});
