import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusingLinks } from '../support/refused-files.ts';
import { readReport, runCommand } from './command.ts';

// `ts-cmdlet new`: a module that works at once.

let folder: string;
let shell: TestShell;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-new-'));
  const { code, stdout, stderr } = await runCommand(['new', 'Contoso.Tools', '--json'], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = readReport(stdout);
  expect(report).toMatchObject({ command: 'new', ok: true, diagnostics: [] });
  shell = await startShell(path.join(folder, report.module ?? '', 'Contoso.Tools.psd1'));
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('its cmdlet runs in PowerShell, also for what comes through the pipeline', async () => {
  const script =
    "(Get-ContosoToolsGreeting World).Text; ('Ada', 'Grace' | Get-ContosoToolsGreeting -Language French).Text";
  expect(await shell.run(Type.String(), script)).toEqual(['Hello, World!', 'Bonjour, Ada!', 'Bonjour, Grace!']);
});

test('its error is an error record that goes on with the next name', async () => {
  const script = `$ErrorActionPreference = 'Continue'
    (Get-ContosoToolsGreeting ' ', Ada -ErrorVariable failed -ErrorAction SilentlyContinue).Name; $failed.FullyQualifiedErrorId`;
  expect(await shell.run(Type.String(), script)).toEqual(['Ada', 'BlankName,Get-ContosoToolsGreeting']);
});

test('its help is there, and its accepted values are refused or completed', async () => {
  expect(await shell.run(Type.String(), '(Get-Help Get-ContosoToolsGreeting).Synopsis')).toEqual([
    'Gets a greeting for each name.',
  ]);
  await expect(shell.run(Type.String(), 'Get-ContosoToolsGreeting Ada -Language Latin')).rejects.toThrow(
    'ParameterArgumentValidationError',
  );
});

test('it passes its own check, warnings included', async () => {
  expect(await runCommand(['check', 'Contoso.Tools', '--strict'], folder)).toEqual({
    code: 0,
    stdout: 'All is as the help says.\n',
    stderr: '',
  });
});

test('no file of it has a full path of this computer', async () => {
  const { stdout } = await runCommand(['new', 'Other', '--json'], folder);
  const { created = [], changed = [] } = readReport(stdout);
  const files = [...created, ...changed.map(({ path: file }) => file)].map(file => path.join(folder, file));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(await readFile(file, 'utf8')).not.toContain(folder);
});

test.each(['Plain', "Ada's módulos/x y"])('the line to try works in PowerShell as it stands: %s', async place => {
  const { stdout } = await runCommand(['new', 'Tried', place], folder);
  const [, line = ''] = /^Created Tried in .*\. Try: (.*)$/m.exec(stdout) ?? [];
  await using other = await startShell();
  const script = `[void] $ExecutionContext.SessionState.Path.SetLocation(${quote(folder)}); ${line}; (Get-TriedGreeting Ada).Text`;
  expect(await other.run(Type.String(), script)).toEqual(['Hello, Ada!']);
});

const project = path.join(import.meta.dirname, '..', '..');

test('where the package cannot be linked, the module is there, and what to do is said', async () => {
  const { code, stdout, stderr } = await runCommand(['new', 'Unlinked'], folder, refusingLinks(folder));
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: 'Created Unlinked in Unlinked. It was not built. 1 error.\n',
    stderr:
      'Unlinked/package.json:1: error package-not-linked: The package ts-cmdlet cannot be linked into node_modules: ' +
      'EPERM: refused by the test. Run npm install --install-links in Unlinked, then npm run build.\n',
  });
  expect(await readdir(path.join(folder, 'Unlinked'))).not.toContain('node_modules');

  // What npm install does.
  await mkdir(path.join(folder, 'Unlinked', 'node_modules'));
  await symlink(project, path.join(folder, 'Unlinked', 'node_modules', 'ts-cmdlet'), 'junction');
  expect((await runCommand(['build', 'Unlinked'], folder)).code).toBe(0);
});

test('where the package cannot be linked, one that is installed above will do', async () => {
  const above = path.join(folder, 'above');
  await mkdir(path.join(above, 'node_modules'), { recursive: true });
  await symlink(project, path.join(above, 'node_modules', 'ts-cmdlet'), 'junction');
  const { code, stderr } = await runCommand(['new', 'Unlinked'], above, refusingLinks(above));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('a folder with something in it is left as it is', async () => {
  await mkdir(path.join(folder, 'Full'));
  await writeFile(path.join(folder, 'Full', 'notes.txt'), 'mine');
  const { code, stderr } = await runCommand(['new', 'Full'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain('Full is not empty');
  expect(await readdir(path.join(folder, 'Full'))).toEqual(['notes.txt']);
});

test.each(['Hyper-V', 'My_Module.2-0'])('%s is a name for a module', async name => {
  const { code, stderr } = await runCommand(['new', name], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const script = await readFile(path.join(folder, name, 'module', name, `${name}.psm1`), 'utf8');
  expect(script).toMatch(/^function Get-[A-Za-z0-9]+Greeting \{/m);
});

test.each(['', '1st', 'My Module', '../up', 'a..b', '$(x)'])('%j is no name for a module', async name => {
  const { code, stderr } = await runCommand(['new', name, 'Unnamed'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain('is no name for a module');
  expect(await readdir(folder)).not.toContain('Unnamed');
});
