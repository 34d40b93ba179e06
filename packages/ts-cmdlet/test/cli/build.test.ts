import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// `ts-cmdlet build`: what is wrong is told all at once, each with its place, and nothing is half built.

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
  await sample.edit(page, 'DontShow: false', 'DontShow: false\ndontShow: true');
  await sample.edit(page, 'AcceptedValues: []', 'type: System.Int32\nAcceptedValues: []');
  const before = await sample.read('generated/Get-SampleGreeting.ts');
  const { code, stdout, stderr } = await build();
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'Not built. 2 errors.\n' });
  for (const wrong of ['dontShow: true', 'type: System.Int32']) {
    expect(stderr).toContain(`Sample/${page}:${await lineOf(page, wrong)}: error parameter-yaml-key-duplicate: `);
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

test('a help page without a handler is a warning, and keeps the module as it was where warnings are errors', async () => {
  await writeFile(
    sample.file('help/Set-SampleGreeting.md'),
    (await sample.read(page)).replaceAll('Get-SampleGreeting', 'Set-SampleGreeting'),
  );
  const manifest = await sample.read('module/Sample/Sample.psd1');
  const { code, stdout } = await build('--json', '--strict');
  expect(code).toBe(1);
  expect(readReport(stdout).diagnostics).toEqual([
    {
      severity: 'warning',
      code: 'handler-missing',
      file: 'Sample/help/Set-SampleGreeting.md',
      line: 1,
      message: 'Set-SampleGreeting has no handler: each call of it ends with NotImplemented',
      expected: "Add 'Set-SampleGreeting' to the cmdlets in Sample/main.ts",
    },
  ]);
  expect(await sample.read('module/Sample/Sample.psd1')).toBe(manifest);
  // The types are there, because the handler is written by them.
  expect(await readdir(sample.file('generated'))).toContain('Set-SampleGreeting.ts');
  expect((await build()).code).toBe(0);
  expect(await sample.read('module/Sample/Sample.psd1')).toContain('Set-SampleGreeting');
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

test('a source that fails when it is loaded is told with its reason, file and line', async () => {
  await sample.edit('get-greeting.ts', 'interface GreetingPlan', "need('no licence');\n\ninterface GreetingPlan");
  await sample.edit(
    'get-greeting.ts',
    'function blankName',
    'function need(what: string): void {\n  throw new Error(what);\n}\n\nfunction blankName',
  );
  const { code, stderr } = await build();
  const line = await lineOf('get-greeting.ts', 'throw new Error');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(`Sample/get-greeting.ts:${line}: error entry-failed: no licence. Expected sources`),
  });
});

test('an entry that serves nothing is told', async () => {
  await sample.edit('main.ts', 'serveCore(cmdlets', 'console.log(cmdlets');
  const { code, stderr } = await build();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('Sample/main.ts:1: error entry-failed: It ends without a call of serveCore.'),
  });
});

test('a place that cannot be written is told, and --json has it as any other finding', async () => {
  await writeFile(sample.file('taken'), '');
  const { code, stdout, stderr } = await build('--out', 'taken', '--json');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(readReport(stdout)).toEqual({
    command: 'build',
    ok: false,
    changed: [],
    diagnostics: [
      {
        severity: 'error',
        code: 'file-unusable',
        file: expect.stringMatching(/^Sample\/taken\/Sample\b/),
        line: 1,
        message: expect.stringContaining('ENOTDIR'),
        expected: 'Expected a place that can be read and written',
      },
    ],
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('so is a folder that is read-only', async () => {
  await rm(sample.file('module/Sample/en-US'), { recursive: true });
  await chmod(sample.file('module/Sample'), 0o555);
  const { code, stderr } = await build();
  await chmod(sample.file('module/Sample'), 0o755);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('error file-unusable: It cannot be written: EACCES'),
  });
});

test('a package that is to go beside the core and is not installed is told', async () => {
  await sample.edit('module.json', '"views"', '"externalPackages": ["not-installed"],\n  "views"');
  const { code, stderr } = await build();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(
      'Sample/module.json:1: error package-missing: The package not-installed is not installed. Run npm install in Sample.',
    ),
  });
});

test('the package must be installed for the module, in the version of the command', async () => {
  const installed = sample.file('node_modules/ts-cmdlet');
  await rm(installed, { recursive: true });
  expect(await build()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The package ts-cmdlet is not installed for Sample. Run npm install there'),
  });
  await mkdir(installed);
  await writeFile(sample.file('node_modules/ts-cmdlet/package.json'), '{ "version": "9.9.9" }');
  expect(await build()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'Sample has ts-cmdlet 9.9.9 installed, and this is 0.1.0. Run the one that is installed',
    ),
  });
});

test('without "type": "module" it says so once', async () => {
  await sample.edit('package.json', '"type": "module",', '');
  const { code, stderr } = await build();
  expect({ code, lines: stderr.trim().split('\n') }).toEqual({
    code: 1,
    lines: [expect.stringMatching(/TS1287: .* Expected "type": "module" in package\.json\.$/)],
  });
});

test('a topic whose page is gone is drift, and the next build removes it and leaves what is not its own', async () => {
  const topic = 'module/Sample/en-US/about_Sample.help.txt';
  await writeFile(
    sample.file('help/about_Sample.md'),
    '# about_Sample\n\n## Short description\nA sample.\n\n## Long description\nLong.\n',
  );
  await build();
  expect(await sample.read(topic)).toContain('A sample.');
  await rm(sample.file('help/about_Sample.md'));
  await writeFile(sample.file('module/Sample/en-US/about_Mine.help.txt'), 'by hand');
  const { stdout } = await runCommand(['check', 'Sample', '--json'], sample.cwd);
  expect(readReport(stdout).diagnostics).toContainEqual(
    expect.objectContaining({ code: 'output-stale', file: `Sample/${topic}` }),
  );
  expect(readReport((await build('--json')).stdout).changed).toContainEqual({ kind: 'stale', path: `Sample/${topic}` });
  expect(await readdir(sample.file('module/Sample/en-US'))).toEqual(['Sample-Help.xml', 'about_Mine.help.txt']);
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
