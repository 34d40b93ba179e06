import path from 'node:path';
import fc from 'fast-check';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { valueExpression } from './powershell-values.ts';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Values cross between PowerShell and a handler by the one table of src/runtime/values.ts. Copy-ProbeValue gives back what
// it was given; whether that is the same is for PowerShell to say.

let module: ProbeModule;
let shell: TestShell;

beforeAll(async () => {
  module = await makeProbeModule();
  shell = await startShell(module.manifest);
  await shell.show(`. ${quote(path.join(import.meta.dirname, 'compare-values.ps1'))}`);
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await module?.[Symbol.asyncDispose]();
});

test('a value of any type that crosses comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(valueExpression, async expression => {
      const script = `$sent = ${expression}; $got = Copy-ProbeValue $sent; Compare-Value $sent $got`;
      expect(await shell.run(Type.String(), script), expression).toEqual([]);
    }),
    { numRuns: 400, interruptAfterTimeLimit: 60_000 },
  );
});

test.each([
  '[datetimeoffset]::new(2024, 5, 1, 12, 30, 0, 123, [timespan]::FromMinutes(-210)).AddTicks(4567)',
  "[semver] '1.2.3-preview.1+build'",
  "[bigint]::Parse('-123456789012345678901234567890')",
  "[ipaddress] 'fe80::1'",
  "[mailaddress] 'ada@contoso.example'",
  "[cultureinfo] 'de-DE'",
  "[guid] '72f988bf-86f1-41af-91ab-2d7cd011db47'",
  "[timespan] '1.02:03:04.0000005'",
])('%s that has been in a file arrives as it was', async expression => {
  const script = `$sent = ${expression}
    $text = [System.Management.Automation.PSSerializer]::Serialize([pscustomobject] @{ Value = $sent })
    Compare-Value $sent (Copy-ProbeValue ([System.Management.Automation.PSSerializer]::Deserialize($text).Value))`;
  expect(await shell.run(Type.String(), script)).toEqual([]);
});

test('the comparison finds differences', async () => {
  const differ = async (one: string, other: string) =>
    expect((await shell.run(Type.String(), `Compare-Value ${one} ${other}`)).length, `${one} ${other}`).toBe(1);
  await differ('1L', '1');
  await differ('1.50d', '1.5d');
  await differ("([datetime]::new(5, 'Utc'))", "([datetime]::new(5, 'Local'))");
  await differ('@(1, 2)', '@(1, 3)');
  await differ('@{ a = $null }', '@{ a = 1 }');
  await differ('([pscustomobject] @{ a = 1 })', "([pscustomobject] @{ PSTypeName = 'x'; a = 1 })");
  await differ("'a'", "'A'");
});

const json = fc
  .letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null)), weight: 2 },
      {
        arbitrary: fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        weight: 2,
      },
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom('a', 'B', '$type', 'PSTypeName', 'Count', '__proto__', 'x y', 'g\u00fc'),
          tie('value'),
        ),
        {
          maxLength: 4,
          selector: ([name]) => name,
        },
      )
      .map(entries => Object.fromEntries(entries)),
  }))
  .value.map(value => JSON.stringify(value));

test('what JSON has comes to PowerShell as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(json, async text => {
      const script = `$got = Copy-ProbeValue -Text ${quote(text)}; @{ got = $got }`;
      expect(await shell.run(Type.Unknown(), script)).toEqual([{ got: JSON.parse(text) }]);
    }),
    { numRuns: 200, interruptAfterTimeLimit: 60_000 },
  );
});

describe('many values in one message', () => {
  const typed = json.map(text => `{"$type":"PSObject","$typeName":"Contoso.Widget","properties":{"Content":${text}}}`);
  const tagged = fc.constantFrom(
    '{"$type":"System.Guid","value":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}',
    '{"$type":"System.Collections.Hashtable","entries":{"a":[1]}}',
    '{"$type":"PSObject","$typeName":"Contoso.Gadget","properties":{"Name":"n","Size":5000000000,"Ratio":0.5}}',
  );
  const many = fc.array(fc.oneof(json, typed, tagged), { minLength: 12, maxLength: 40 });

  test('are the same as each in a message of its own', async () => {
    const describeAll = (calls: string) => `${calls} | ForEach-Object {
      if ($null -eq $_) { 'null' } else { $_.GetType().FullName + ' ' + $_.PSObject.TypeNames[0]; @{ is = $_ } } }`;
    await fc.assert(
      fc.asyncProperty(many, async texts => {
        const one = texts.map(text => `Copy-ProbeValue -Text ${quote(`many:[${text}]`)}`);
        const apart = await shell.run(Type.Unknown(), describeAll(`& { ${one.join('; ')} }`));
        const together = `Copy-ProbeValue -Text ${quote(`many:[${texts.join(',')}]`)}`;
        expect(await shell.run(Type.Unknown(), describeAll(together))).toEqual(apart);
      }),
      { numRuns: 50, interruptAfterTimeLimit: 60_000 },
    );
  });

  // docs/authoring.md, "Values"
  test('have whole numbers of the smallest type that is exact', async () => {
    const kinds = {
      'System.Int32': [0, 2 ** 31 - 1, -(2 ** 31)],
      'System.Int64': [2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53 - 1)],
      'System.Double': [2 ** 53, -(2 ** 53), 2 ** 62, 2 ** 63, -(2 ** 63), 1e21],
    };
    const sent = Object.values(kinds).flat();
    const texts = sent.flatMap(number => [number, { Size: number }, [number]]);
    const script = `Copy-ProbeValue -Text ${quote(`many:${JSON.stringify(texts)}`)} | ForEach-Object {
      $number = if ($_ -is [array]) { $_[0] } elseif ($_ -is [valuetype]) { $_ } else { $_.Size }
      $number.GetType().FullName + ' ' + [bigint] $number }`;
    const expected = Object.entries(kinds).flatMap(([type, numbers]) => numbers.map(each => `${type} ${BigInt(each)}`));
    expect(await shell.run(Type.String(), script)).toEqual(expected.flatMap(each => [each, each, each]));
  });

  test('that PowerShell cannot make are one error', async () => {
    const texts = [...Array(20).fill('{"a":1}'), '{"$type":"System.DateTime","value":"2024-13-01T00:00:00Z"}'];
    const { id } = await refusal(`$null = Copy-ProbeValue -Text ${quote(`many:[${texts.join(',')}]`)}`);
    expect(id).toBe('ValueNotReadable,Copy-ProbeValue');
  });
});

const typeAndText = (call: string) => shell.run(Type.String(), `$got = ${call}; $got.GetType().FullName; "$got"`);

test.each([
  ['date', 'System.DateTime', '02/29/2024 12:30:15'],
  ['bigint', 'System.Numerics.BigInteger', String(2n ** 70n)],
  ['bytes', 'System.Byte[]', '0 127 255'],
  ['url', 'System.Uri', 'https://example.com/a?b=c'],
  ['undefined', 'System.Management.Automation.PSCustomObject', '@{Kept=}'],
])('of a handler, a %s is a %s', async (name, type, text) => {
  expect(await typeAndText(`Copy-ProbeValue -Text ${quote(`js:${name}`)}`)).toEqual([type, text]);
});

const refusal = async (call: string) => {
  const script = `$Error.Clear(); try { ${call}; 'nothing was thrown' } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.Message; "$($Error.Count)" }`;
  const [id, message, errors] = await shell.run(Type.String(), script);
  expect(errors).toBe('1');
  // The call after it works, with the same core.
  expect(await shell.run(Type.Integer(), 'Copy-ProbeValue 1')).toEqual([1]);
  return { id, message };
};

describe('what a handler writes and cannot cross is an error that names its place:', () => {
  test.each([
    ['js:function', '.List[1].Act is a function'],
    ['js:cycle', '.Inner[0].Outer holds itself'],
    ['js:deep', '.In.In is nested deeper than 64 levels'],
    ['{"a":{"Name":1,"NAME":2}}', '.a has two names that differ in case alone'],
    ['{"a":{"PSObject":1}}', '.a.PSObject has a name that PowerShell does not take'],
    ['[{"$type":"System.Int64","value":"9223372036854775808"}]', '[0] is no System.Int64'],
    ['{"$type":"PSObject","properties":{}}', 'the object is no PSObject'],
  ])('%s', async (text, reason) => {
    const { id, message } = await refusal(`Copy-ProbeValue -Text ${quote(text)}`);
    expect(id).toBe('ValueCannotCross,Copy-ProbeValue');
    expect(message).toContain(reason);
  });

  test('a date that is none is found by PowerShell', async () => {
    const text = '{"$type":"System.DateTime","value":"2024-13-01T00:00:00Z"}';
    const { id, message } = await refusal(`Copy-ProbeValue -Text ${quote(text)}`);
    expect(id).toBe('ValueNotReadable,Copy-ProbeValue');
    expect(message).toContain('2024-13-01');
  });
});

describe('what is passed and cannot cross is an error that names its place:', () => {
  test.each([
    ['@{ a = @(1, { code }) }', 'type System.Management.Automation.ScriptBlock', '-Value.a[1]'],
    ["([pscustomobject] @{ f = [System.IO.FileInfo]::new('x') })", 'type System.IO.FileInfo', '-Value.f'],
    ['([int[,]]::new(2, 2))', 'type System.Int32[,]', '-Value'],
    ['$table', 'A value that holds itself', '-Value.a.b'],
    ['$object', 'A value that holds itself', '-Value.a[1]'],
    ['$deep', 'nested deeper than 64 levels', '-Value.a.a'],
    ['([System.Collections.Generic.Dictionary[string,int]] $pair)', 'differ in case alone', '-Value.'],
  ])('%s', async (value, what, place) => {
    const { id, message } = await refusal(`
      $table = @{}; $table.a = @{ b = $table }
      $object = [pscustomobject] @{ a = 1 }; $object.a = @(1, $object)
      $deep = 1; for ($i = 0; $i -lt 65; $i++) { $deep = @{ a = $deep } }
      $pair = [System.Collections.Generic.Dictionary[string,int]]::new(); $pair['x'] = 1; $pair['X'] = 2
      Copy-ProbeValue ${value}`);
    expect(id).toBe('ValueCannotCross,Copy-ProbeValue');
    expect(message).toContain(what);
    expect(message).toContain(place);
  });
});

test('what is nested 64 levels deep still crosses, both ways', async () => {
  const script = `$deep = 'the bottom'; for ($i = 0; $i -lt 64; $i++) { $deep = @{ a = $deep } }
    Compare-Value $deep (Copy-ProbeValue $deep)
    $got = Copy-ProbeValue -Text 'js:just deep enough'; for ($i = 0; $i -lt 64; $i++) { $got = $got.In }; $got`;
  expect(await shell.run(Type.String(), script)).toEqual(['the bottom']);
});

test.each(['NaN', 'Infinity', '-Infinity'])('%s crosses as the Double that it is, every way', async text => {
  const script = `$number = [double]::Parse('${text}', [cultureinfo]::InvariantCulture)
    foreach ($got in (Copy-ProbeValue $number), (Copy-ProbeValue @{ a = , $number }).a[0],
      (Copy-ProbeValue ([pscustomobject] @{ b = $number })).b, (Copy-ProbeValue ([float] $number)),
      (Test-Probe HostValue -Text "[double] '$number'")) { "$($got -is [double]) $($got.Equals($number))" }
    Test-Probe HostValue -Path x -Text $([string] $number).Replace('∞', 'Infinity')`;
  expect(await shell.run(Type.String(), script)).toEqual([
    ...Array(5).fill('True True'),
    expect.stringMatching(/^System\.Double /),
  ]);
});

test('numbers that are not finite come from a handler', async () => {
  const script =
    '$got = Copy-ProbeValue -Text \'js:not finite\'; "$($got[0]) $($got[1]) $($got[2].Least) $($got[1].GetType())"';
  expect(await shell.run(Type.String(), `[cultureinfo]::CurrentCulture = ''; ${script}`)).toEqual([
    'NaN Infinity -Infinity double',
  ]);
});

test('a parameter of numbers takes one that is not finite', async () => {
  const [text = ''] = await shell.run(Type.String(), 'Show-ProbeParameter -Ratio ([double]::NaN)');
  expect(JSON.parse(text)).toMatchObject({ Ratio: null });
});

const arrived = async (parameters: string): Promise<unknown> => {
  const [text = ''] = await shell.run(Type.String(), `Copy-ProbeValue ${parameters} -AsJson`);
  const { parameterSetName: _set, AsJson: _json, ...own } = JSON.parse(text);
  return own;
};

test.each([
  ['a null for a Nullable is a null', '-Number $null', { Number: null }],
  ['a null for any other type is as good as not given', '$null -Text $null', { Text: '' }],
  ['a -Confirm without a -WhatIf is the own parameter of the cmdlet', '-Confirm', { Confirm: true }],
  [
    'a 64-bit number is a text beside its type',
    '9007199254740993',
    { Value: { $type: 'System.Int64', value: '9007199254740993' } },
  ],
  [
    'an object of a class has its properties and the name of its type',
    "([scriptblock]::Create('class ProbeThing { [int] $Size = 3 }; [ProbeThing]::new()').Invoke()[0])",
    { Value: { $type: 'PSObject', $typeName: 'ProbeThing', properties: { Size: 3 } } },
  ],
])('%s', async (_name, parameters, expected) => {
  expect(await arrived(parameters)).toEqual(expected);
});

test('an error record has its facts', async () => {
  const script = `
    try {
      try { throw 'the cause' } catch {
        $exception = [System.InvalidOperationException]::new('the reason', $_.Exception)
        $exception.Data['Code'] = 'X1'
        $exception.Data['Count'] = 2
        $exception.Data[3] = 'no name'
        $exception.Data['List'] = @('no text')
        $record = [System.Management.Automation.ErrorRecord]::new($exception, 'ReasonId', 'LimitsExceeded', 'the target')
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('the details')
        $record.ErrorDetails.RecommendedAction = 'the action'
        throw $record
      }
    } catch { Copy-ProbeValue $_ -AsJson }`;
  const [text = ''] = await shell.run(Type.String(), script);
  expect(JSON.parse(text).Value).toEqual({
    $type: 'PSObject',
    $typeName: 'System.Management.Automation.ErrorRecord',
    properties: {
      FullyQualifiedErrorId: 'ReasonId',
      Category: 'LimitsExceeded',
      Message: 'the details',
      RecommendedAction: 'the action',
      TargetObject: 'the target',
      ExceptionType: 'System.InvalidOperationException',
      InnerExceptions: ['System.Management.Automation.RuntimeException: the cause'],
      Data: { $type: 'System.Collections.Hashtable', entries: { Code: 'X1', Count: '2' } },
      Command: expect.any(String),
      Module: expect.any(String),
      ScriptName: expect.any(String),
      ScriptLineNumber: expect.any(Number),
      ScriptStackTrace: expect.stringContaining('at '),
    },
  });
});

test('an error record does not have the text of the command, into which a secret may have been typed', async () => {
  const typed = `try { Get-Item -LiteralPath ./none -Filter 'typed-secret' -ErrorAction Stop } catch { Copy-ProbeValue $_ -AsJson }`;
  const [text = ''] = await shell.run(Type.String(), `& ([scriptblock]::Create(${quote(typed)}))`);
  expect(JSON.parse(text).Value.properties).toMatchObject({
    Command: 'Get-Item',
    Module: 'Microsoft.PowerShell.Management',
  });
  expect(text).not.toContain('typed-secret');
});

test.each([
  ['-First 3 -Skip 18446744073709551615', { First: '3', Skip: '18446744073709551615' }],
  ['-IncludeTotalCount', {}],
  ['', {}],
])('paging parameters arrive where they were bound: Get-ProbePage %s', async (options, expected) => {
  const [text = ''] = await shell.run(Type.String(), `@(Get-ProbePage ${options})[0]`);
  const scalars = Object.entries(expected).map(([name, value]) => [name, { $type: 'System.UInt64', value }]);
  expect(JSON.parse(text)).toEqual({
    parameterSetName: '__AllParameterSets',
    ...Object.fromEntries(scalars),
    ...(options === '-IncludeTotalCount' && { IncludeTotalCount: true }),
  });
});

test('a text that the help names arrives as it is spelt there, however it is typed', async () => {
  const typed = 'Show-ProbeParameter -Size LARGE -Sizes small, Large -Texts LARGE; Show-ProbeParameter -Sizes @()';
  const texts = await shell.run(Type.String(), typed);
  expect(texts.map(text => JSON.parse(text))).toEqual([
    { parameterSetName: '__AllParameterSets', Size: 'large', Sizes: ['small', 'large'], Texts: ['LARGE'] },
    { parameterSetName: '__AllParameterSets', Sizes: [] },
  ]);
});

test('-IncludeTotalCount gets the total count as a cmdlet of PowerShell writes it, and without it there is none', async () => {
  const script = `function Get-Count { [CmdletBinding(SupportsPaging)] param() $PSCmdlet.PagingParameters.NewTotalCount(42, 0.5) }
    foreach ($count in @(Get-ProbePage -IncludeTotalCount)[1], (Get-Count)) { "$($count.GetType()) $([uint64] $count) $($count.Accuracy) $($count.ToString())" }
    @(Get-ProbePage).Count`;
  const [own, native, others] = await shell.run(Type.Unknown(), script);
  expect(own).toBe(native);
  expect(own).toMatch(/^ulong 42 0.5 Estimated total count: 42$/);
  expect(others).toBe(1);
});

test('a handler knows the cultures of the session at its call', async () => {
  const script = `$before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
    [cultureinfo]::CurrentCulture = 'de-CH'; [cultureinfo]::CurrentUICulture = 'fr-CA'
    try { Test-Probe Culture } finally { [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before }`;
  expect(await shell.run(Type.String(), script)).toEqual(['de-CH fr-CA']);
});
