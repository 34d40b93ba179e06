import { runPowerShell, toLines } from 'powershell-driver/process';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// A handler's errors are error records of its cmdlet: about_Try_Catch_Finally, about_CommonParameters.

const facts = `{ @{
  id = $_.FullyQualifiedErrorId; category = "$($_.CategoryInfo.Category)"; activity = $_.CategoryInfo.Activity
  reason = $_.CategoryInfo.Reason; target = $_.TargetObject; type = $_.Exception.GetType().FullName
  message = $_.Exception.Message; details = $_.ErrorDetails.Message; action = $_.ErrorDetails.RecommendedAction
  data = @($_.Exception.Data.Keys.ForEach({ "$_=$($args)" }))
  correlation = $_.Exception.Data['CorrelationId']; command = $_.InvocationInfo.MyCommand.Name
  line = $_.InvocationInfo.Line.Trim() } }`;

const record = (text: string) => ({
  id: 'ProbeFailure,Test-Probe',
  category: 'InvalidData',
  activity: 'Test-Probe',
  reason: 'TimeoutException',
  target: 'the target',
  type: 'System.TimeoutException',
  message: `${text}. Try another.`,
  details: `${text}.`,
  action: 'Try another.',
  data: ['CorrelationId='],
  correlation: '42',
  command: 'Test-Probe',
});

describe('an error record tells all that the handler told', () => {
  test.each([
    ['thrown by run', 'Test-Probe Throw -Text one', 'one'],
    ['thrown by plan', 'Test-Probe Refuse', 'refused'],
  ])('%s', async (_name, call, text) => {
    const [found] = await shell.run(Type.Unknown(), `try { ${call} } catch ${facts}`);
    expect(found).toMatchObject(record(text));
    expect(found).toMatchObject({ line: expect.stringContaining(call) });
  });

  test('written', async () => {
    const call = 'Test-Probe Errors -Count 2 -ErrorAction SilentlyContinue -ErrorVariable e';
    const found = await shell.run(Type.Unknown(), `$null = ${call}; $e | ForEach-Object ${facts}`);
    expect(found).toMatchObject([record('error 1'), record('error 2')]);
  });
});

test('a bug of a handler is one error that says so, and its stack is for -Debug', async () => {
  const [found] = await shell.run(Type.Unknown(), `try { Test-Probe Fault -Text oops } catch ${facts}`);
  expect(found).toMatchObject({
    id: 'UnexpectedFault,Test-Probe',
    details: 'Test-Probe failed in a way its author did not foresee: oops',
    // -Debug would have PowerShell ask at each line.
    action: expect.stringContaining("$DebugPreference = 'Continue'"),
  });
  const shown = await shell.run(
    Type.String(),
    `& { try { Test-Probe Fault -Text oops -Debug } catch { } } 5>&1 | ForEach-Object { "$_" }`,
  );
  expect(shown.join('\n')).toMatch(/TypeError: oops\s+at /);
});

describe('an error that is written', () => {
  const steps = (options: string, call = 'Test-Probe Errors') =>
    shell.run(
      Type.String(),
      `$ErrorActionPreference = 'Continue'
      & { try { ${call} ${options}; 'the next statement' } catch { "caught $($_.FullyQualifiedErrorId)" } } 2>$null`,
    );

  test.each([
    ['', ['after the errors', 'the next statement']],
    ['-ErrorAction SilentlyContinue', ['after the errors', 'the next statement']],
    ['-ErrorAction Ignore', ['after the errors', 'the next statement']],
    ['-ErrorAction Stop', ['caught ProbeFailure,Test-Probe']],
  ])('goes on or ends the call as -ErrorAction says: %s', async (options, expected) => {
    expect(await steps(options)).toEqual(expected);
  });

  test('is in $Error, but not under Ignore', async () => {
    const count = (action: string) =>
      `$Error.Clear(); $null = Test-Probe Errors -Count 2 -ErrorAction ${action}; $Error.Count`;
    expect(await shell.run(Type.Integer(), `${count('SilentlyContinue')}; ${count('Ignore')}`)).toEqual([2, 0]);
  });
});

describe('an error that is thrown', () => {
  test.each(['Stop', 'Continue', 'SilentlyContinue', 'Ignore'])(
    'ends the statement under -ErrorAction %s, and a try block with it',
    async action => {
      const script = (body: string) => `$ErrorActionPreference = 'Continue'; & { ${body} } 2>$null`;
      const call = `Test-Probe Throw -ErrorAction ${action}`;
      expect(
        await shell.run(
          Type.String(),
          script(`try { ${call}; 'not reached' } catch { 'caught' } finally { 'finally' }`),
        ),
      ).toEqual(['caught', 'finally']);
    },
  );

  test('ends the statement and not the script, where nothing catches it', async () => {
    // The shell of the other tests runs each script in a try block, which would catch it.
    const script = `Test-Probe Throw | ForEach-Object { 'not reached' }; "next $?"`;
    const { stdout, stderr } = await runPowerShell(['-Command', `Import-Module ${quote(module.manifest)}; ${script}`]);
    expect(toLines(stdout)).toEqual(['next False']);
    expect(stderr).toContain('thrown.');
  });

  test('ends the script under $ErrorActionPreference = Stop', async () => {
    const script = `try { & { $ErrorActionPreference = 'Stop'; Test-Probe Throw; 'not reached' } } catch { 'caught' }`;
    expect(await shell.run(Type.String(), script)).toEqual(['caught']);
  });

  test('is caught by the type of its exception', async () => {
    const script = `try { Test-Probe Throw } catch [System.ArgumentException] { 'other' } catch [System.TimeoutException] { 'this' }`;
    expect(await shell.run(Type.String(), script)).toEqual(['this']);
  });

  test('is in -ErrorVariable and once in $Error', async () => {
    const script = `$Error.Clear(); try { Test-Probe Throw -ErrorVariable e } catch { }; $e.Count; $Error.Count`;
    const [inVariable, inError] = await shell.run(Type.Integer(), script);
    expect(inVariable).toBeGreaterThan(0);
    expect(inError).toBe(1);
  });
});

test('what the user sees of an error is its message, and what to do', async () => {
  const script = `Import-Module ${quote(module.manifest)}; Test-Probe Throw -Text 'It broke'`;
  const { stderr, exitCode } = await runPowerShell(['-Command', script]);
  expect(stderr).toContain('It broke.');
  expect(stderr).toContain('Try another.');
  expect(stderr).not.toMatch(/ModuleHost|Invoke-Core|at file:|core\.mjs/);
  expect(exitCode).toBe(1);
});

describe('what is more than PowerShell or a message takes ends no core:', () => {
  const coreId = '(Test-Probe Process).Id';

  test('an error with a text of 60 MB, of which the beginning is told', async () => {
    const script = `$before = ${coreId}; $Error.Clear()
      try { Test-Probe Throw -Text ('x' * 60MB) } catch { "$($_.FullyQualifiedErrorId) $($_.ErrorDetails.Message.Length -lt 2MB)" }
      try { Test-Probe Fault -Text ('x' * 60MB) } catch { "$($_.FullyQualifiedErrorId) $($_.ErrorDetails.Message.Length -lt 2MB)" }
      "$($Error.Count) $($before -eq ${coreId})"`;
    expect(await shell.run(Type.String(), script)).toEqual([
      'ProbeFailure,Test-Probe True',
      'UnexpectedFault,Test-Probe True',
      '2 True',
    ]);
  });

  const odd = (records: object) => `Test-Probe OddRecords -Text ${quote(JSON.stringify(records))}`;

  test('progress beyond what a record holds, and a text that is none', async () => {
    const progress = [
      { activity: 'a', status: 's', percentComplete: 'huge', secondsRemaining: 'huge' },
      { activity: 'a', status: 's', percentComplete: -5, secondsRemaining: 3e9 },
      { activity: 'a', status: 's', percentComplete: 33.9 },
      { activity: 1, percentComplete: 'half' },
    ];
    const script = `$before = ${coreId}; ${odd({ progress })} -Verbose *>&1 | ForEach-Object { "$_" }
      "$($before -eq ${coreId})"`;
    expect(await shell.run(Type.String(), script)).toEqual(expect.arrayContaining(['undefined', 'still here', 'True']));
  });

  test('an error whose category there is not', async () => {
    const error = { errorId: 'Odd', category: 'Nothing', message: 'the message', recommendedAction: 'a' };
    const script = `$before = ${coreId}; try { ${odd({ error })} } catch { $_.FullyQualifiedErrorId; "$_" }; "$($before -eq ${coreId})"`;
    expect(await shell.run(Type.String(), script)).toEqual([
      'UnexpectedFault,Test-Probe',
      expect.stringContaining('the message'),
      'True',
    ]);
  });
});
