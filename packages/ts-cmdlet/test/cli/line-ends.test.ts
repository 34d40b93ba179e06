import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// Git for Windows sets core.autocrlf=true unless its user says otherwise: each text of a clone then has CRLF.

const execute = promisify(execFile);
let clones: string;

beforeEach(async () => {
  clones = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-clone-'));
});

afterEach(() => rm(clones, { recursive: true, force: true }));

async function git(folder: string, ...args: string[]): Promise<string> {
  // What the tests' user has set must not decide.
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' };
  return (await execute('git', ['-C', folder, ...args], { env: environment })).stdout;
}

/** Commits the sample project and clones it as Git for Windows would. */
async function cloneSample(): Promise<string> {
  const author = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
  await git(sample.file(''), 'init', '--quiet');
  await git(sample.file(''), 'add', '--all');
  await git(sample.file(''), ...author, 'commit', '--quiet', '--message', 'A module');
  await git(clones, 'clone', '--quiet', '-c', 'core.autocrlf=true', sample.file(''), 'Sample');
  // What npm install does in a clone.
  const modules = path.join(clones, 'Sample', 'node_modules');
  await cp(sample.file('node_modules'), modules, { recursive: true, verbatimSymlinks: true });
  return path.join(clones, 'Sample');
}

/** The files that git has of a clone, as bytes. */
async function trackedFiles(folder: string): Promise<Map<string, Buffer>> {
  const names = (await git(folder, 'ls-files', '-z')).split('\0').filter(name => name !== '');
  return new Map(await Promise.all(names.map(async name => [name, await readFile(path.join(folder, name))] as const)));
}

test('a new module has the same bytes in a clone with core.autocrlf, and passes its check there', async () => {
  const clone = await cloneSample();
  const files = await trackedFiles(clone);
  expect(files.size).toBeGreaterThan(10);
  for (const [name, bytes] of files) expect(bytes.equals(await readFile(sample.file(name))), name).toBe(true);
  expect((await runCommand(['check', '--strict'], clone)).code).toBe(0);
});

test('a module without .gitattributes passes its check in such a clone', async () => {
  await rm(sample.file('.gitattributes'));
  const clone = await cloneSample();
  expect(await readFile(path.join(clone, 'module', 'Sample', 'Sample.psm1'), 'utf8')).toContain('\r\n');
  const { code, stdout } = await runCommand(['check', '--strict', '--json'], clone);
  expect({ code, found: readReport(stdout).diagnostics }).toEqual({ code: 0, found: [] });
});

test('a build in such a clone reports no change and makes none that git would see', async () => {
  await rm(sample.file('.gitattributes'));
  const clone = await cloneSample();
  const { code, stdout } = await runCommand(['build', '--json'], clone);
  expect({ code, changed: readReport(stdout).changed }).toEqual({ code: 0, changed: [] });
  expect(await git(clone, 'status', '--porcelain')).toBe('');
});

test('a build that starts from nothing in such a clone writes the bytes of every other one', async () => {
  await rm(sample.file('.gitattributes'));
  const clone = await cloneSample();
  await Promise.all(['module', 'generated'].map(name => rm(path.join(clone, name), { recursive: true })));
  expect(await readFile(path.join(clone, 'help', 'Get-SampleGreeting.md'), 'utf8')).toContain('\r\n');
  expect((await runCommand(['build'], clone)).code).toBe(0);
  const generated = [...(await trackedFiles(clone))].filter(([name]) => /^(module|generated)\//.test(name));
  expect(generated.length).toBeGreaterThan(6);
  for (const [name, bytes] of generated) expect(bytes.toString(), name).toBe(await sample.read(name));
});

test('what differs by more than its line ends is drift at its own line, and is built anew', async () => {
  await rm(sample.file('.gitattributes'));
  const clone = await cloneSample();
  const manifest = path.join(clone, 'module', 'Sample', 'Sample.psd1');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace("'0.1.0'", "'0.2.0'"));
  const line = text.split('\n').findIndex(each => each.includes("'0.1.0'")) + 1;
  const checked = readReport((await runCommand(['check', '--json'], clone)).stdout);
  expect(checked.diagnostics).toMatchObject([{ code: 'output-different', file: 'module/Sample/Sample.psd1', line }]);
  const built = readReport((await runCommand(['build', '--json'], clone)).stdout);
  expect(built.changed).toEqual([{ path: 'module/Sample/Sample.psd1', kind: 'different' }]);
  expect(await readFile(manifest, 'utf8')).toBe(await sample.read('module/Sample/Sample.psd1'));
});
