import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSample, readReport, runCommand, type SampleProject } from './command.ts';

// `ts-cmdlet build`: what is wrong is told all at once, each with its place, and nothing is half built.

let original: SampleProject;
let sample: SampleProject;

beforeAll(async () => {
  original = await newSample();
});

beforeEach(async () => {
  sample = await original.copy();
});

afterEach(() => sample[Symbol.asyncDispose]());
afterAll(() => original?.[Symbol.asyncDispose]());

const page = 'help/Get-SampleGreeting.md';
const build = (...options: string[]) => runCommand(['build', 'Sample', ...options], sample.cwd);

test('a second build changes nothing', async () => {
  expect(await build()).toEqual({
    code: 0,
    stdout: 'Built Sample/module/Sample: 0 generated files changed.\n',
    stderr: '',
  });
});

test('it builds the folder that it is in', async () => {
  const { code, stdout } = await runCommand(['build'], sample.file(''));
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Built module/Sample: 0 generated files changed.\n' });
});

test('errors of the help are told all at once, by file and line, and nothing is written', async () => {
  await rm(sample.file('module'), { recursive: true });
  await sample.edit(page, 'Position: Named', 'Position: Third');
  await sample.edit(page, 'IsRequired: true', 'IsRequired: maybe');
  const before = await sample.read('generated/Get-SampleGreeting.ts');
  const { code, stdout, stderr } = await build();
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'Not built. 2 errors.\n' });
  for (const wrong of ['Position: Third', 'IsRequired: maybe']) {
    expect(stderr).toContain(`Sample/${page}:${await lineOf(page, wrong)}: error parameter-yaml-value: `);
  }
  expect(existsSync(sample.file('module'))).toBe(false);
  expect(await sample.read('generated/Get-SampleGreeting.ts')).toBe(before);
});

test('faults of the settings and of the help are told together', async () => {
  await sample.edit('module.json', '"7.4"', '"5.1"');
  await sample.edit(page, 'Position: Named', 'Position: Third');
  const { diagnostics } = readReport((await build('--json')).stdout);
  expect(new Set(diagnostics.map(({ file }) => file))).toEqual(new Set(['Sample/module.json', `Sample/${page}`]));
});

test('a help page without a handler keeps the module as it was', async () => {
  await writeFile(
    sample.file('help/Set-SampleGreeting.md'),
    (await sample.read(page)).replaceAll('Get-SampleGreeting', 'Set-SampleGreeting'),
  );
  const manifest = await sample.read('module/Sample/Sample.psd1');
  const { code, stdout } = await build('--json');
  expect(code).toBe(1);
  expect(readReport(stdout).diagnostics).toEqual([
    {
      severity: 'error',
      code: 'handler-missing',
      file: 'Sample/help/Set-SampleGreeting.md',
      line: 1,
      message: 'Set-SampleGreeting has no handler',
      expected: "Add 'Set-SampleGreeting' to the cmdlets in Sample/main.ts",
    },
  ]);
  expect(await sample.read('module/Sample/Sample.psd1')).toBe(manifest);
  // The types are there, because the handler is written by them.
  expect(await readdir(sample.file('generated'))).toContain('Set-SampleGreeting.ts');
});

test('a handler that does not fit its help any more does not build', async () => {
  await sample.edit(page, '- French', '- Latin');
  const { code, stderr } = await build();
  expect(code).toBe(1);
  const line = await lineOf('get-greeting.ts', 'greetings[Language]');
  expect(stderr).toContain(`Sample/get-greeting.ts:${line}: error type-error: TS7053: `);
});

test('a syntax error in a handler is told by file and line', async () => {
  await sample.edit('get-greeting.ts', 'for (const name of names) {', 'for (const name of) {');
  const { code, stderr } = await build();
  expect(code).toBe(1);
  expect(stderr).toContain(
    `Sample/get-greeting.ts:${await lineOf('get-greeting.ts', 'for (const name of)')}: error bundle-failed: Unexpected ")".`,
  );
});

test('an entry that fails when it is loaded is told with its reason', async () => {
  await sample.edit('main.ts', 'serveCore(cmdlets', "throw new Error('no licence file');\nserveCore(cmdlets");
  const { code, stderr } = await build();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('Sample/main.ts:1: error entry-failed: no licence file.'),
  });
});

test('a file of hostFunctions that does not exist is told', async () => {
  await sample.edit(
    'module.json',
    '"views"',
    '"hostFunctions": [{ "file": "Missing.ps1", "names": ["Get-Missing"] }],\n  "views"',
  );
  const { code, stderr } = await build();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('Sample/module.json:1: error file-missing: Sample/Missing.ps1 does not exist.'),
  });
});

test('colours are for those who ask, and never beside NO_COLOR', async () => {
  await sample.edit('module.json', '"7.4"', '"5.1"');
  const run = (environment: NodeJS.ProcessEnv) => runCommand(['build', 'Sample'], sample.cwd, environment);
  const colour = '\u001B[';
  expect((await run({})).stderr).not.toContain(colour);
  expect((await run({ FORCE_COLOR: '1' })).stderr).toContain(`${colour}31merror${colour}39m`);
  expect((await run({ FORCE_COLOR: '0', NO_COLOR: '1' })).stderr).not.toContain(colour);
});

async function lineOf(file: string, text: string): Promise<number> {
  const lines = (await sample.read(file)).split('\n');
  return lines.findIndex(line => line.includes(text)) + 1;
}
