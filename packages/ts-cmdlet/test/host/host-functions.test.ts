import path from 'node:path';
import fc from 'fast-check';
import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { valueExpression } from './powershell-values.ts';
import { shell } from './probe/probe-shell.ts';

// What a function of the module's own PowerShell returns comes to the handler as parameters do.

beforeAll(() => shell.show(`. ${quote(path.join(import.meta.dirname, 'compare-values.ps1'))}`));

test('a value of any type that a host function returns arrives as it was', async () => {
  await fc.assert(
    fc.asyncProperty(valueExpression, async expression => {
      const script = `$sent = ${expression}; $got = Test-Probe HostValue -Text ${quote(expression)}; Compare-Value $sent $got`;
      expect(await shell.run(Type.String(), script), expression).toEqual([]);
    }),
    { numRuns: 200, interruptAfterTimeLimit: 60_000 },
  );
});

const refusal = async (call: string) => {
  const script = `$Error.Clear(); try { ${call}; 'nothing was thrown' } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.Message; "$($Error.Count)" }`;
  const [id, message, errors] = await shell.run(Type.String(), script);
  expect(errors).toBe('1');
  // The call after it works, with the same core.
  expect(await shell.run(Type.Integer(), 'Copy-ProbeValue 1')).toEqual([1]);
  return { id, message };
};

describe('what a host function returns and cannot cross is an error of the call that names its place:', () => {
  test.each([
    ["[System.IO.FileInfo]::new('x')", 'type System.IO.FileInfo', 'the result of Get-ProbeValue.'],
    ['@{ a = @(1, { code }) }', 'type System.Management.Automation.ScriptBlock', 'the result of Get-ProbeValue.a[1]'],
    ['[string]::new([char] 0xd800, 1)', 'is not Unicode', 'the result of Get-ProbeValue'],
  ])('%s', async (expression, what, place) => {
    const { id, message } = await refusal(`Test-Probe HostValue -Text ${quote(expression)}`);
    expect(id).toMatch(/^(ValueCannotCross|TextNotUnicode),Test-Probe$/);
    expect(message).toContain(what);
    expect(message).toContain(place);
  });

  test('an object whose property throws', async () => {
    const thing =
      "class ProbeTrap { }; $trap = [pscustomobject] @{}; $trap.PSObject.Properties.Add([psscriptproperty]::new('A', { throw 'sprung' })); $trap";
    const { message } = await refusal(`Test-Probe HostValue -Text ${quote(`$(${thing})`)}`);
    expect(message).toContain('sprung');
  });

  test('more than a message may hold', async () => {
    const { id } = await refusal('Test-Probe HostValue -Text "\'x\' * 70MB"');
    expect(id).toBe('MessageTooLong,Test-Probe');
  });

  test('an error with a text of 70 MB, of which the beginning is told', async () => {
    const { message } = await refusal('Test-Probe HostValue -Text "$(throw (\'y\' * 70MB))"'.replace('$(', '`$('));
    expect(message?.length).toBe(1_000_000);
  });
});
