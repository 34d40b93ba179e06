import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// `ts-cmdlet check`: the exit code is for CI, and nothing is written.

const page = 'help/Get-SampleGreeting.md';

/** Checks, and gives the exit code and the findings: code, file and line. */
async function check(...options: string[]): Promise<{ code: number | null; found: string[] }> {
  const before = await contents(sample.file(''));
  const { code, stdout } = await runCommand(['check', 'Sample', '--json', ...options], sample.cwd);
  expect(await contents(sample.file(''))).toEqual(before);
  const { diagnostics, ok } = readReport(stdout);
  expect(ok).toBe(code === 0);
  return { code, found: diagnostics.map(({ code: what, file, line }) => `${what} ${file}:${line}`) };
}

test('a module that was just built passes', async () => {
  expect(await check('--strict')).toEqual({ code: 0, found: [] });
});

test('a change of the help that was not built is drift, in the types and in the module', async () => {
  await sample.edit(page, 'The names to greet.', 'Those to greet.');
  expect(await check()).toEqual({
    code: 1,
    found: [
      `output-different Sample/generated/Get-SampleGreeting.ts:${await lineOf('generated/Get-SampleGreeting.ts', 'The names to greet.')}`,
      `output-different Sample/module/Sample/en-US/Sample-Help.xml:${await lineOf('module/Sample/en-US/Sample-Help.xml', 'The names to greet.')}`,
    ],
  });
});

test('a generated file that somebody changed, removed or left behind is drift', async () => {
  await sample.edit('module/Sample/Sample.psm1', 'Get-SampleGreeting', 'Get-OtherGreeting');
  await rm(sample.file('module/Sample/Sample.format.ps1xml'));
  await writeFile(
    sample.file('generated/Get-Old.ts'),
    await readFile(sample.file('generated/Get-SampleGreeting.ts'), 'utf8'),
  );
  const { code, found } = await check();
  expect(code).toBe(1);
  expect(found).toEqual([
    'output-stale Sample/generated/Get-Old.ts:1',
    'output-missing Sample/module/Sample/Sample.format.ps1xml:1',
    expect.stringMatching(/^output-different Sample\/module\/Sample\/Sample\.psm1:\d+$/),
  ]);
});

test('a module that was built elsewhere is not compared', async () => {
  await rm(sample.file('module'), { recursive: true });
  expect(await check()).toEqual({ code: 0, found: [] });
});

test('a handler without help is found, at its line', async () => {
  await sample.edit('main.ts', 'const cmdlets: Cmdlets<CmdletParameters> = {', 'const cmdlets = {');
  await sample.edit('main.ts', "Greeting': getGreeting,", "Greeting': getGreeting,\n  'Get-Forgotten': getGreeting,");
  expect(await check()).toEqual({
    code: 1,
    found: [`handler-without-help Sample/main.ts:${await lineOf('main.ts', "'Get-Forgotten'")}`],
  });
});

test('a handler that does not fit the types is found', async () => {
  await sample.edit('get-greeting.ts', 'names: Name,', 'names: Names,');
  await sample.edit('get-greeting.ts', '({ Name,', '({ Names,');
  const { code, found } = await check();
  expect(code).toBe(1);
  expect(found).toContain(`type-error Sample/get-greeting.ts:${await lineOf('get-greeting.ts', 'Names,')}`);
});

test('a warning passes, and fails with --strict', async () => {
  await sample.edit(page, 'HelpUri: https://example.com/', 'HelpUri: ftp://example.com/');
  await runCommand(['build', 'Sample'], sample.cwd);
  const found = [expect.stringMatching(/^online-version-unusable Sample\/help\/Get-SampleGreeting\.md:\d+$/)];
  expect(await check()).toEqual({ code: 0, found });
  expect(await check('--strict')).toEqual({ code: 1, found });
});

async function lineOf(file: string, text: string): Promise<number> {
  const lines = (await sample.read(file)).split('\n');
  return lines.findIndex(line => line.includes(text)) + 1;
}

/** Each file below a folder and its text; what is linked is not the module's. */
async function contents(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  return Promise.all(files.sort().map(async file => [file, await readFile(file, 'utf8')] as [string, string]));
}

test('of one kind ten findings are shown and how many more there are, and --json has all', async () => {
  await sample.edit(
    page,
    'DontShow: false',
    `DontShow: false\n${Array.from({ length: 15 }, (_, n) => `Key${n}: 1`).join('\n')}`,
  );
  const { stderr } = await runCommand(['check', 'Sample'], sample.cwd);
  expect(stderr.match(/warning parameter-yaml-key-unknown: /g)).toHaveLength(10);
  expect(stderr).toContain('... and 5 more of warning parameter-yaml-key-unknown; --json has all.');
  const { found } = await check();
  expect(found.filter(each => each.startsWith('parameter-yaml-key-unknown'))).toHaveLength(15);
});

test('what the generators find in one page is told beside the errors of another', async () => {
  const other = (await sample.read(page)).replaceAll('Get-SampleGreeting', 'Set-SampleGreeting');
  await writeFile(sample.file('help/Set-SampleGreeting.md'), other.replace('## SYNTAX', '## HISTORY'));
  await sample.edit(page, 'AcceptedValues: []', 'AcceptedValues: []\nHelpMessage2: x');
  await sample.edit(page, 'Type: System.String[]', 'Type: System.Management.Automation.ScriptBlock[]');
  const { code, found } = await check();
  expect(code).toBe(1);
  const codes = found.map(each => each.split(' ')[0]);
  expect(codes).toContain('section-missing');
  expect(codes).toContain('command-left-out');
});
