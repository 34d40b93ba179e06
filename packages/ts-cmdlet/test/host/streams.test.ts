import { quote } from 'powershell-driver/session';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { module, shell } from './probe/probe-shell.ts';

// Each stream of a handler is the same stream of its cmdlet, and what a caller may say of streams holds as it does for
// a compiled cmdlet: about_CommonParameters, about_Preference_Variables, about_Output_Streams.

const show = '*>&1 | ForEach-Object { "$($_.GetType().Name): $_" }';
const records = (call: string, before = '') =>
  shell.run(Type.String(), `$ErrorActionPreference = 'Continue'; ${before}; & { ${call} } ${show}`);

const output = 'String: output text';
const error = 'ErrorRecord: error text.';
const warning = 'WarningRecord: warning text';
const verbose = 'VerboseRecord: verbose text';
const debug = 'DebugRecord: debug text';
const information = 'InformationRecord: information text';
const usual = [warning, information, error, output];

describe('without a word of the caller', () => {
  test('verbose and debug are silent, and the rest comes in the order in which it was written', async () => {
    const call = await records('Test-Probe Streams');
    // The first call of a session starts the core; nothing of that is shown.
    expect(call).toEqual(usual);
  });
});

test.each([
  ['-Verbose', [warning, verbose, information, error, output]],
  ['-WarningAction SilentlyContinue', [information, error, output]],
  ['-WarningAction Ignore', [information, error, output]],
  ['-InformationAction Ignore', [warning, error, output]],
  ['-ErrorAction SilentlyContinue', [warning, information, output]],
  ['-ErrorAction Ignore', [warning, information, output]],
  ['-ErrorAction Continue', usual],
])('%s', async (options, expected) => {
  expect(await records(`Test-Probe Streams ${options}`)).toEqual(expected);
});

test.each([
  ['$VerbosePreference = "Continue"', [warning, verbose, information, error, output]],
  ['$DebugPreference = "Continue"', [warning, debug, information, error, output]],
  ['$WarningPreference = "SilentlyContinue"', [information, error, output]],
  ['$ErrorActionPreference = "SilentlyContinue"', [warning, information, output]],
  ['$InformationPreference = "Ignore"', [warning, error, output]],
])("%s in the caller's scope", async (preference, expected) => {
  expect(await records('Test-Probe Streams', preference)).toEqual(expected);
});

test('-Verbose:$false and -Debug:$false say more than the preference', async () => {
  const before = '$VerbosePreference = $DebugPreference = "Continue"';
  expect(await records('Test-Probe Streams -Verbose:$false -Debug:$false', before)).toEqual(usual);
});

test.each([
  ['-Verbose:$false -Debug -WarningAction Continue'],
  // The engine asks about each warning then, and this shell cannot: the call ends, as a function's of its own would.
  ['-Debug'],
  ['-Verbose -Debug -WarningAction Continue'],
  ['-WarningAction Stop'],
  ['-InformationAction Stop'],
  ['-ErrorAction Stop'],
  ['-Debug -ErrorAction Stop -WarningAction SilentlyContinue'],
])('%s does as it does to a function that writes the same', async options => {
  const twin = `function Test-Twin {
    [CmdletBinding()] param()
    $PSCmdlet.WriteWarning('warning text')
    $PSCmdlet.WriteVerbose('verbose text')
    $PSCmdlet.WriteDebug('debug text')
    $PSCmdlet.WriteInformation('information text', @('first', 'second'))
    $exception = [System.TimeoutException]::new('error text. Try another.')
    $record = [System.Management.Automation.ErrorRecord]::new($exception, 'ProbeFailure', 'InvalidData', 'the target')
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('error text.')
    $PSCmdlet.WriteError($record)
    $PSCmdlet.WriteObject('output text')
  }`;
  // A script sees an exception of a method call around the engine's own; a cmdlet has the latter.
  const caught = 'catch { "caught: " + $_.Exception.GetBaseException().Message }';
  const ofTwin = await records(`try { Test-Twin ${options} } ${caught}`, twin);
  expect(await records(`try { Test-Probe Streams ${options} } ${caught}`)).toEqual(ofTwin);
  expect(ofTwin.join()).toMatch(/caught|Debug/);
});

test.each([
  ['$WarningPreference', 'warning text'],
  ['$VerbosePreference', 'verbose text'],
  ['$ErrorActionPreference', 'error text'],
])('%s = "Stop" in the caller\'s scope ends the call, and the next one works', async (variable, text) => {
  const call = `& { ${variable} = 'Stop'; try { Test-Probe Streams } catch { "caught: $_" } } ${show}`;
  const found = await shell.run(Type.String(), call);
  expect(found.at(-1)).toMatch(new RegExp(`^String: caught: .*${text}`));
  expect(await records('Test-Probe Streams')).toEqual(usual);
});

test('-ErrorVariable, -WarningVariable, -InformationVariable and -OutVariable hold what was written', async () => {
  const [found] = await shell.run(
    Type.Unknown(),
    `$null = Test-Probe Streams -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -ErrorVariable e -WarningVariable w -InformationVariable i -OutVariable o
    @{ e = @($e.ForEach({ "$_" })); w = @($w.ForEach({ "$_" })); i = @($i.ForEach({ "$_" })); o = @($o) }`,
  );
  expect(found).toEqual({
    e: ['error text.'],
    w: ['warning text'],
    i: ['information text'],
    o: ['output text'],
  });
});

test('+name appends to a variable', async () => {
  const call = 'Test-Probe Errors -Count 2 -ErrorAction SilentlyContinue -ErrorVariable +e -OutVariable +o';
  expect(
    await shell.run(Type.Integer(), `$e = $o = $null; $null = ${call}; $null = ${call}; $e.Count; $o.Count`),
  ).toEqual([4, 2]);
});

test('-PipelineVariable holds each object in turn', async () => {
  const call = 'Test-Probe Objects -Count 3 -PipelineVariable p | ForEach-Object { $p.Index * 10 }';
  expect(await shell.run(Type.Integer(), call)).toEqual([0, 10, 20]);
});

test('information has its tags and its text', async () => {
  const [record] = await shell.run(
    Type.Unknown(),
    `$null = Test-Probe Streams -ErrorAction Ignore -WarningAction Ignore -InformationVariable i
    @{ tags = @($i[0].Tags); message = $i[0].MessageData }`,
  );
  expect(record).toEqual({ tags: ['first', 'second'], message: 'information text' });
});

test('progress shows its parts and is completed', async () => {
  const seen = await shell.run(
    Type.Unknown(),
    `$runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.Open()
    $session = [powershell]::Create($runspace)
    try {
      $null = $session.AddScript(${quote(`Import-Module ${quote(module.manifest)}; Test-Probe Streams`)}).Invoke()
      $session.Streams.Progress.ForEach({
        @{ activity = $_.Activity; status = $_.StatusDescription; percent = $_.PercentComplete
           seconds = $_.SecondsRemaining; type = "$($_.RecordType)" } })
    } finally { $runspace.Dispose(); $session.Dispose() }`,
  );
  expect(seen).toEqual([
    { activity: 'activity text', status: 'half', percent: 50, seconds: 7, type: 'Processing' },
    { activity: 'activity text', status: 'over', percent: -1, seconds: -1, type: 'Completed' },
  ]);
});

test('text arrives letter for letter on every stream', async () => {
  const text = 'grüße 漢字 😀 \u202E "quoted" `n $x';
  const found = await records(`Test-Probe Streams -Verbose -Debug -WarningAction Continue -Text ${quote(text)}`);
  expect(found).toEqual(
    [warning, verbose, debug, information, error, output].map(record => record.replace('text', () => text)),
  );
});

describe('what a handler prints', () => {
  const printed = [
    'DebugRecord: {"jsonrpc":"2.0","id":1,"result":"text"}',
    'DebugRecord: no line end',
    'DebugRecord: text to stderr',
  ];
  const beside = ['DebugRecord: text by a program', 'DebugRecord: text to the descriptor'];

  test.each(['Print', 'PrintBeside'])('by %s breaks no message and reaches neither stream nor screen', async action => {
    expect(await records(`Test-Probe ${action}`)).toEqual(['String: still here']);
    expect(await shell.show(`Test-Probe ${action}`)).toBe('still here');
  });

  test.each([
    ['Print', printed],
    ['PrintBeside', beside],
  ])('by %s is in the debug stream of its call, and not of the next', async (action, expected) => {
    const shown = await records(
      `Test-Probe Print -Text before; Test-Probe ${action} -Text text; Test-Probe Objects`,
      "$DebugPreference = 'Continue'; Test-Probe Print -Text unseen -Debug:$false",
    );
    const ofCall = shown.filter(record => record.startsWith('Debug') && record.includes('text'));
    expect(ofCall.sort()).toEqual(expected.filter(record => record.includes('text')).sort());
    expect(shown.at(-1)).toMatch(/Index=0/);
    expect(shown.join()).not.toContain('unseen');
    if (action === 'Print') expect(shown.filter(record => record === 'DebugRecord: no line end')).toHaveLength(2);
  });

  test.each(['SilentlyContinue', 'Continue'])(
    'a megabyte of it while 10,000 objects stream, under %s',
    async preference => {
      const script = `$DebugPreference = '${preference}'; $found = @(Test-Probe PrintMuch -Count 10000 5>&1)
      $objects = $found.Where({ $_ -isnot [System.Management.Automation.DebugRecord] })
      "$($objects.Count) $($objects[0].Index) $($objects[-1].Index) $(($objects.Index | Measure-Object -Sum).Sum)"
      $found.Where({ "$_" -ceq 'x' * 1023 }).Count`;
      const [objects, lines] = await shell.run(Type.Unknown(), script);
      expect(objects).toBe('10000 0 9999 49995000');
      // What nobody can see yet waits in a memory of a megabyte.
      expect(lines).toSatisfy((count: number) => (preference === 'Continue' ? count > 900 : count === 0));
    },
  );
});

test('$? tells whether there was an error', async () => {
  const after = (call: string) => `& { $ErrorActionPreference = 'SilentlyContinue'; $null = ${call}; $? }`;
  expect(
    await shell.run(
      Type.Boolean(),
      [after('Test-Probe Objects'), after('Test-Probe Errors'), after('Test-Probe Objects')].join('; '),
    ),
  ).toEqual([true, false, true]);
});
