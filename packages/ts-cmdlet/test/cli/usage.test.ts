import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { commandFile, plainEnvironment, runCommand } from './command.ts';

// What the command says of itself, and how it ends when it is called wrongly: exit code 2, a reason, and where help is.

const cwd = tmpdir();

test('--help names every command, without colours where nobody sees them', async () => {
  const { code, stdout, stderr } = await runCommand(['--help'], cwd);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of ['new', 'build', 'check', 'watch']) expect(stdout).toMatch(new RegExp(`^ +${name} `, 'm'));
  expect(stdout).not.toContain('\u001B');
});

test.each([
  ['new', ['NAME', 'FOLDER', '--json']],
  ['build', ['FOLDER', '--source', '--help-folder', '--out', '--json']],
  ['check', ['FOLDER', '--source', '--help-folder', '--out', '--json', '--strict']],
  ['watch', ['FOLDER', '--source', '--help-folder', '--out', '--json']],
])('%s --help names its arguments', async (name, args) => {
  const { code, stdout } = await runCommand([name, '--help'], cwd);
  expect(code).toBe(0);
  for (const arg of args) expect(stdout).toContain(arg);
  expect(stdout).not.toMatch(/ $/m);
});

test("--version is the package's", async () => {
  expect(await runCommand(['--version'], cwd)).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test.each([
  [[], 'Which command?', '--help'],
  [['bild'], "There is no command 'bild'. Did you mean 'build'?", '--help'],
  [['BUILD'], "There is no command 'BUILD'. Did you mean 'build'?", '--help'],
  [['publish'], "There is no command 'publish'.\n", '--help'],
  [['build', '--verbos'], 'There is no option --verbos.\n', 'build --help'],
  [['check', '--stric'], 'There is no option --stric. Did you mean --strict?', 'check --help'],
  [['build', '-v'], 'There is no option -v.', 'build --help'],
  [['build', '--out'], 'The option --out needs a folder.', 'build --help'],
  [['build', '--out='], 'The option --out needs a folder.', 'build --help'],
  [['build', 'one', 'two'], "The argument 'two' is one too many.", 'build --help'],
  [['new'], 'Missing required positional argument: NAME', 'new --help'],
  [['build', 'nowhere'], 'nowhere/module.json does not exist', 'build --help'],
])('%j', async (args, reason, help) => {
  const { code, stdout, stderr } = await runCommand(args, cwd);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(reason);
  expect(stderr).toMatch(new RegExp(`^See ts-cmdlet ${help}\\.$`, 'm'));
  expect(stderr).not.toContain('\u001B');
});

// A pseudo-terminal by util-linux: with the same command line where it is, and not tested where it is not.
const script = ['/usr/bin/script', '/bin/script'].find(file => existsSync(file));

test.skipIf(script === undefined || process.platform !== 'linux')(
  'a terminal sees colours, and plain text with NO_COLOR',
  () => {
    const run = (environment: NodeJS.ProcessEnv) => {
      const line = `"${process.execPath}" "${commandFile}" --help`;
      const { CI: _ci, TEST: _test, ...others } = plainEnvironment();
      const env = { ...others, TERM: 'xterm-256color', ...environment };
      return spawnSync(script ?? '', ['-qec', line, '/dev/null'], { env, encoding: 'utf8' }).stdout;
    };
    expect(run({})).toContain('\u001B[');
    expect(run({ NO_COLOR: '1' })).not.toContain('\u001B[');
  },
);

test('a command of the package loads no package of hundreds of files', () => {
  const command = path.join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
  const count = `import { registerHooks } from 'node:module';
    const files = {};
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/((@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name) files[name] = (files[name] ?? 0) + 1;
      return next(url, context);
    } });
    process.on('exit', () => console.log(JSON.stringify(files)));`;
  const hooks = `data:text/javascript,${encodeURIComponent(count)}`;
  const { stdout } = spawnSync(process.execPath, ['--import', hooks, command, 'check', 'nowhere'], {
    cwd,
    encoding: 'utf8',
  });
  const files: Record<string, number> = JSON.parse(stdout);
  expect(Object.keys(files)).toContain('ajv');
  expect(Object.entries(files).filter(([, number]) => number > 100)).toEqual([]);
});
