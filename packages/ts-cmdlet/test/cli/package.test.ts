import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNpm, npmEnvironment, runNpm } from '../support/npm.ts';
import { type PackageRegistry, startPackageRegistry } from '../support/package-registry.ts';
import { readReport } from './command.ts';

// The package as an author gets it: packed by the real npm, installed into an empty folder by the real npm, from a
// registry on loopback that has the project's own dependencies. What runs is JavaScript: nothing of the clone is used.

const project = path.join(import.meta.dirname, '..', '..');
const repository = path.join(project, '..', '..');

/** The packages in the README's table of dependencies. */
const [, dependencyTable = ''] = (await readFile(path.join(project, 'README.md'), 'utf8')).split('## Dependencies');
const dependenciesInReadme = [...dependencyTable.matchAll(/^\| ([@a-z][^|]*) \| /gm)]
  .flatMap(([, names = '']) => names.split(', '))
  .filter(name => name !== 'package');

let scratch: string;
let registry: PackageRegistry;
let env: NodeJS.ProcessEnv;
/** The author's folder, with a space and letters beyond ASCII, and the module in it. */
let folder: string;
let module: string;

const npm = (args: readonly string[], cwd: string) => runNpm(args, cwd, env);
const command = (args: readonly string[], cwd: string) => npm(['exec', '--offline', '--', 'ts-cmdlet', ...args], cwd);

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-package-'));
  registry = await startPackageRegistry();
  env = npmEnvironment(registry.url, scratch);
  folder = path.join(scratch, 'Ada’s módulos');
  module = path.join(folder, 'Contoso.Tools');
  await mkdir(folder);
  await npm(['pack', '--silent', '--workspace', 'ts-cmdlet', '--pack-destination', scratch], repository);
  await npm(['install', '--silent', path.join('..', 'ts-cmdlet-0.1.0.tgz')], folder);
  await command(['new', 'Contoso.Tools'], folder);
});

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true, force: true });
});

test('npm was found', () => expect(findNpm()).toBeDefined());

test('the package brings what its README says, and has no scripts', async () => {
  const { dependencies } = JSON.parse(await npm(['ls', '--all', '--json'], folder));
  // A package that is optional, and that nobody has installed, is listed without a version.
  const listed: Record<string, { version?: string }> = dependencies['ts-cmdlet'].dependencies;
  const names = Object.keys(listed).filter(name => listed[name]?.version !== undefined);
  expect(names.sort()).toEqual(dependenciesInReadme.sort());
  const installed = path.join(folder, 'node_modules', 'ts-cmdlet');
  expect(JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('scripts');
  const [{ files }] = JSON.parse(await npm(['pack', '--dry-run', '--json'], installed));
  const folders = new Set<string>(files.map((file: { path: string }) => file.path.split('/')[0]));
  expect([...folders].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    'docs',
    'examples',
    'module.schema.json',
    'package.json',
    'tsconfig.module.json',
  ]);
});

test('a new module builds and passes its check before npm install, and after', async () => {
  for (const install of [false, true]) {
    if (install) await npm(['install', '--silent'], module);
    expect(await npm(['run', '--silent', 'build'], module)).toBe(
      'Built module/Contoso.Tools: 0 generated files changed.\n',
    );
    expect(await npm(['run', '--silent', 'check', '--', '--strict'], module)).toBe('All is as the help says.\n');
  }
  // What was installed is the package itself, and no link to where it came from.
  const lock = JSON.parse(await readFile(path.join(module, 'package-lock.json'), 'utf8'));
  expect(lock.packages['node_modules/ts-cmdlet']).toMatchObject({ resolved: 'file:../../ts-cmdlet-0.1.0.tgz' });
});

test('it runs in PowerShell', async () => {
  await using shell = await startShell(path.join(module, 'module', 'Contoso.Tools', 'Contoso.Tools.psd1'));
  const script = "('Ada', 'Grace' | Get-ContosoToolsGreeting -Language French).Text";
  expect(await shell.run(Type.String(), script)).toEqual(['Bonjour, Ada!', 'Bonjour, Grace!']);
});

test('a handler that misreads its parameters does not build, and is told by file and line', async () => {
  const file = path.join(module, 'get-greeting.ts');
  const right = await readFile(file, 'utf8');
  await writeFile(file, right.replace('greetings[Language]', 'greetings[Language.length]'));
  await expect(npm(['run', '--silent', 'build'], module)).rejects.toThrow(
    /get-greeting\.ts:\d+: error type-error: TS7053: /,
  );
  await writeFile(file, right);
});

test('watch builds on a change, and ends with Ctrl+C', async () => {
  const bin = path.join(module, 'node_modules', 'ts-cmdlet', 'dist', 'cli', 'main.js');
  const watch: ChildProcess = spawn(process.execPath, [bin, 'watch', '--json'], {
    cwd: module,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface(watch.stdout ?? process.stdin)[Symbol.asyncIterator]();
    const report = async () => readReport(String((await lines.next()).value));
    expect(await report()).toMatchObject({ ok: true, changed: [] });
    const page = path.join(module, 'help', 'Get-ContosoToolsGreeting.md');
    await writeFile(page, (await readFile(page, 'utf8')).replace('The names to greet.', 'Those to greet.'));
    expect(await report()).toMatchObject({ ok: true, changed: [{}, {}] });
    const ended = once(watch, 'exit');
    watch.kill('SIGINT');
    if (process.platform !== 'win32') expect(await ended).toEqual([0, null]);
  } finally {
    watch.kill('SIGKILL');
  }
});

test('the example builds from a copy, and its own test passes as the guide says to run it', async () => {
  const example = path.join(folder, 'node_modules', 'ts-cmdlet', 'examples', 'git-history');
  const copy = path.join(folder, 'git-history');
  await cp(example, copy, { recursive: true });
  await cp(path.join(project, 'examples', 'git-history', 'add-tag.test.ts'), path.join(copy, 'add-tag.test.ts'));
  await writeFile(path.join(copy, 'tsconfig.json'), await readFile(path.join(module, 'tsconfig.json'), 'utf8'));
  await writeFile(path.join(copy, 'package.json'), '{ "type": "module" }');
  expect(await command(['build'], copy)).toMatch(/^Built module\/GitHistory: \d+ generated files changed\.\n$/);
  const tested = await runNode(['--test', '--test-reporter=tap'], copy);
  expect(tested).toMatch(/^# pass 1$/m);
  expect(tested).toMatch(/^# fail 0$/m);
});

test('a script builds and checks by the library', async () => {
  const script = `import { buildProject, checkProject, findModuleProject } from 'ts-cmdlet/build';
const project = findModuleProject({ root: 'Contoso.Tools' });
const { module, diagnostics } = await buildProject(project);
console.log(JSON.stringify([module, diagnostics, await checkProject(project)]));`;
  await writeFile(path.join(folder, 'build.mjs'), script);
  expect(JSON.parse(await runNode(['build.mjs'], folder))).toEqual(['Contoso.Tools/module/Contoso.Tools', [], []]);
});

async function runNode(args: readonly string[], cwd: string): Promise<string> {
  // Inside of another test runner Node would report to it.
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, NODE_TEST_CONTEXT: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const text of child.stdout.setEncoding('utf8')) printed += text;
  return printed;
}
