import { readFile } from 'node:fs/promises';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSample, runCommand, type SampleProject } from './command.ts';

// Handlers complete the values of their parameters, in the core of the session: what TabExpansion2 gives is what Tab shows.

let sample: SampleProject;
let shell: TestShell;

/** What the handler completes for each word; its module knows who was greeted. */
const completer = `complete: {
    Name: async (word, bound, { signal, writeDebug }) => {
      if (word === 'slow') {
        await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
        writeFileSync(String(bound.Language), 'aborted');
      }
      if (word === 'fault') throw new Error('no idea');
      if (word === 'bound') return [JSON.stringify(bound)];
      if (word === 'core') return [String(process.pid)];
      if (word === 'shown') return [{ text: 'x', listText: 'an x', tooltip: 'It is an x', kind: 'Text' }, ''];
      writeDebug('completes');
      return [...greeted, 'plain', 'two words', "it's", '$HOME', '-dash', '42'].filter(name => name.startsWith(word));
    },
  },
  plan:`;

beforeAll(async () => {
  sample = await newSample();
  await sample.edit('get-greeting.ts', 'plan:', completer);
  await sample.edit(
    'get-greeting.ts',
    'for (const name of names) {',
    'for (const name of names) {\n      greeted.add(name);',
  );
  await sample.edit('get-greeting.ts', 'import {', "import { writeFileSync } from 'node:fs';\nimport {");
  await sample.edit(
    'get-greeting.ts',
    'interface GreetingPlan',
    'const greeted = new Set<string>();\n\ninterface GreetingPlan',
  );
  await sample.edit('get-greeting.ts', 'Name: name, Text:', 'Name: name, Core: process.pid, Text:');
  const { code, stderr } = await runCommand(['build', 'Sample'], sample.cwd);
  if (code !== 0) throw new Error(stderr);
  shell = await startShell(sample.file('module/Sample/Sample.psd1'));
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await sample?.[Symbol.asyncDispose]();
});

const complete = (line: string) =>
  shell.run(
    Type.String(),
    `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches | ForEach-Object CompletionText`,
  );

test('Tab starts the core of the session, and the first call has the same one', async () => {
  const [core] = await complete('Get-SampleGreeting core');
  expect(await shell.run(Type.Integer(), '(Get-SampleGreeting Ada).Core')).toEqual([Number(core)]);
  expect(await complete('Get-SampleGreeting core')).toEqual([core]);
});

test('a completer sees what the module knows', async () => {
  await shell.run(Type.Unknown(), "Get-SampleGreeting 'Zoe'");
  expect(await complete('Get-SampleGreeting Z')).toEqual(['Zoe']);
});

test.each([
  ['Get-SampleGreeting pl', ['plain']],
  ['Get-SampleGreeting -Name tw', ["'two words'"]],
  ['Get-SampleGreeting it', ["'it''s'"]],
  ["Get-SampleGreeting 'it", ["'it''s'"]],
  ['Get-SampleGreeting "tw', ['"two words"']],
  ['Get-SampleGreeting "it', ['"it\'s"']],
  ['Get-SampleGreeting 4', ['42']],
  ["Get-SampleGreeting 'pl", ["'plain'"]],
])('%s is completed as an argument that means the value', async (line, expected) => {
  expect(await complete(line)).toEqual(expected);
});

test('a result has its list text, tooltip and kind, and one without a text is left out', async () => {
  const line = 'Get-SampleGreeting shown';
  const script = `(TabExpansion2 '${line}' ${line.length}).CompletionMatches | ForEach-Object { @($_.CompletionText, $_.ListItemText, $_.ToolTip, [string] $_.ResultType) -join '|' }`;
  expect(await shell.run(Type.String(), script)).toEqual(['x|an x|It is an x|Text']);
});

test('a completer sees the other parameters as they stand there', async () => {
  const [bound = ''] = await complete('Get-SampleGreeting -Language French -Verbose bound');
  expect(JSON.parse(bound.slice(1, -1))).toEqual({ Name: 'bound', Language: 'French', Verbose: true });
});

test('accepted values are completed as before', async () => {
  expect(await complete('Get-SampleGreeting x -Language F')).toEqual(['French']);
});

test('a completer that takes too long is given up after a second and hears of it; one that fails leaves no trace', async () => {
  const file = sample.file('aborted');
  const line = (word: string) => `Get-SampleGreeting -Language ${file} ${word}`;
  const script = (word: string) => `$watch = [System.Diagnostics.Stopwatch]::StartNew(); $before = $Error.Count
    $matches = (TabExpansion2 ${quote(line(word))} ${line(word).length}).CompletionMatches.Where({ $_.ResultType -eq 'ParameterValue' }).Count
    @{ matches = $matches; ms = [int] $watch.ElapsedMilliseconds; errors = $Error.Count - $before }`;
  const Outcome = Type.Object({ matches: Type.Integer(), ms: Type.Integer(), errors: Type.Integer() });
  const [slow] = await shell.run(Outcome, script('slow'));
  expect(slow).toMatchObject({ matches: 0, errors: 0 });
  expect(slow?.ms).toBeGreaterThanOrEqual(1000);
  expect(await shell.run(Outcome, script('fault'))).toMatchObject([{ matches: 0, errors: 0 }]);
  // The same core goes on.
  expect(await complete('Get-SampleGreeting Z')).toEqual(['Zoe']);
  expect(await readFile(file, 'utf8')).toBe('aborted');
});

test('check sees the completers as a build registers them', async () => {
  expect(await runCommand(['check', 'Sample', '--strict'], sample.cwd)).toMatchObject({ code: 0, stderr: '' });
});

test('a completer goes with its function: under -Prefix, an alias, the name of the module, and of a copy', async () => {
  const manifest = quote(sample.file('module/Sample/Sample.psd1'));
  const line = (name: string) => `(TabExpansion2 '${name} pl' ${name.length + 3}).CompletionMatches.CompletionText`;
  const script = `Set-Alias -Name gsg -Value Get-SampleGreeting -Scope Global
    Copy-Item function:Get-SampleGreeting function:global:Get-Copy
    ${['gsg', 'Sample\\Get-SampleGreeting', 'Get-Copy'].map(line).join('; ')}
    Import-Module ${manifest} -Prefix My -Force; ${line('Get-MySampleGreeting')}; Import-Module ${manifest} -Force`;
  expect(await shell.run(Type.String(), script)).toEqual(['plain', 'plain', 'plain', 'plain']);
});
