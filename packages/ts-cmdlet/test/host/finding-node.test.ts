import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quote, startShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeProbeModule, type ProbeModule } from './probe/probe-module.ts';

// Which Node.js runs the core, and that nothing but the user's own setting changes what it runs.

let module: ProbeModule;

beforeEach(async () => {
  module = await makeProbeModule();
});

afterEach(async () => {
  await module?.[Symbol.asyncDispose]();
});

const nodeFolder = path.dirname(process.execPath);
const nodeName = path.basename(process.execPath);
const tools = () => path.join(module.scratch, 'tools');

const Outcome = Type.Object({
  id: Type.String(),
  message: Type.String(),
  errors: Type.Integer(),
  process: Type.Union([
    Type.Null(),
    Type.Object({
      Version: Type.String(),
      ExecArgv: Type.Array(Type.String()),
      Names: Type.Array(Type.String()),
      Folder: Type.String(),
    }),
  ]),
});

/** Makes one call in a shell of its own with environment variables set; `$null` takes one away. */
async function callWith(variables: Record<string, string | null>, before = ''): Promise<Static<typeof Outcome>> {
  await using shell = await startShell(module.manifest);
  const set = Object.entries(variables).map(
    ([name, value]) => `[Environment]::SetEnvironmentVariable('${name}', ${value === null ? '$null' : quote(value)})`,
  );
  const [outcome] = await shell.run(
    Outcome,
    `${set.join('; ')}; ${before}; $Error.Clear()
    try { $process = Test-Probe Process; @{ id = ''; message = ''; errors = $Error.Count; process = $process } } catch {
      @{ id = $_.FullyQualifiedErrorId; message = "$_ $($_.ErrorDetails.RecommendedAction)"; errors = $Error.Count; process = $null } }`,
  );
  if (outcome === undefined) throw new Error('no outcome');
  // Whatever was tried on the way leaves nothing there.
  expect(outcome.errors).toBe(outcome.id === '' ? 0 : 1);
  return outcome;
}

/** Puts a file in the place of a Node.js into the folder \`tools\`. */
async function fakeNode(content: string, mode = 0o755): Promise<string> {
  await mkdir(tools(), { recursive: true });
  const file = path.join(tools(), nodeName);
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

const notFound = 'NodeNotFound,Test-Probe';

describe('no Node.js that is new enough', () => {
  test('none on the PATH is one error that says what to do, and once there is one, the next call works', async () => {
    await using shell = await startShell(module.manifest);
    const script = `$path = $env:PATH; $env:PATH = ${quote(module.scratch)}; $Error.Clear()
      try { Test-Probe Print } catch { "$_ $($_.ErrorDetails.RecommendedAction)"; $_.FullyQualifiedErrorId; "errors: $($Error.Count)" }
      $env:PATH = $path; Test-Probe Print`;
    expect(await shell.run(Type.String(), script)).toEqual([
      expect.stringMatching(/needs Node\.js 22\.12 or later, and there is none on the PATH\. .*HOSTPROBE_NODE/),
      notFound,
      'errors: 1',
      'still here',
    ]);
  });

  test('a core that says it runs on an old one is ended, and the version is told', async () => {
    const core = path.join(import.meta.dirname, 'fake-cores', 'misbehaving.mjs');
    await copyFile(core, path.join(module.folder, 'core', 'core.mjs'));
    await copyFile(path.join(path.dirname(core), 'connection.mjs'), path.join(module.folder, 'core', 'connection.mjs'));
    const greeting = '{"nodeVersion":"20.19.0"}';
    const { id, message } = await callWith({ PATH: nodeFolder, FAKE_CORE_GREETING: greeting });
    expect(id).toBe(notFound);
    expect(message).toContain(`${process.execPath} is version 20.19.0`);
  });

  // What stands for an executable here is a script.
  test.skipIf(process.platform === 'win32').each([
    [
      'too old to read the core',
      '#!/bin/sh\nif [ "$1" = --version ]; then echo v8.17.0; else exit 1; fi\n',
      0o755,
      'is version 8.17.0',
    ],
    ['no Node.js', '#!/bin/sh\nexit 0\n', 0o755, 'is no Node.js that works'],
    ['not a program', 'text', 0o755, 'cannot be started'],
    ['not executable', '#!/bin/sh\n', 0o644, 'cannot be started'],
  ])('%s: it says so, and takes the next of the PATH where there is one', async (_name, content, mode, reason) => {
    const file = await fakeNode(content, mode);
    const refused = await callWith({ PATH: tools() });
    expect(refused.id).toBe(notFound);
    expect(refused.message).toContain(`${file} ${reason}`);
    const { id, process: next } = await callWith({ PATH: [tools(), nodeFolder].join(path.delimiter) });
    expect(id).toBe('');
    expect(next?.Version).toBe(process.version);
  });
});

describe.skipIf(process.platform === 'win32')('of several, the first that works is taken:', () => {
  const traced = (name: string) => path.join(module.scratch, `traced-${name}`);

  /** A Node.js that leaves a trace, or what is none and leaves one. */
  async function tracedNode(folder: string, name: string, works: boolean): Promise<string> {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, nodeName);
    const ends = works ? `exec '${process.execPath}' "$@"` : 'exit 0';
    await writeFile(file, `#!/bin/sh\n: > '${traced(name)}'\n${ends}\n`, { mode: 0o755 });
    return file;
  }

  test.each([
    ['that beside the module', true, true, ['beside']],
    ['that of the setting', false, true, ['beside', 'setting']],
    ['that of the PATH', false, false, ['beside', 'setting', 'path']],
  ])('%s', async (_name, besideWorks, settingWorks, expected) => {
    await tracedNode(path.join(module.folder, 'runtime'), 'beside', besideWorks);
    const setting = await tracedNode(path.join(module.scratch, 'own'), 'setting', settingWorks);
    await tracedNode(tools(), 'path', true);
    const { id, process: found } = await callWith({ PATH: tools(), HOSTPROBE_NODE: setting });
    expect(id).toBe('');
    expect(found?.Version).toBe(process.version);
    const names = await readdir(module.scratch);
    expect(['beside', 'setting', 'path'].filter(name => names.includes(`traced-${name}`))).toEqual(expected);
  });
});

test.skipIf(process.platform === 'win32')(
  'a shim is started once, and from then on the Node.js behind it',
  async () => {
    const log = path.join(module.scratch, 'shim.log');
    const shim = await fakeNode(`#!/bin/sh\necho started >> '${log}'\n'${process.execPath}' "$@"\nexit $?\n`);
    await using shell = await startShell(module.manifest, { HOSTPROBE_NODE: shim });
    const script = `$ids = (Test-Probe Process).Id; try { Test-Probe Exit } catch { }; $ids = @($ids; (Test-Probe Process).Id)
    $ids[0] -ne $ids[1]; (Get-Process -Id $ids[1]).Parent.Id -eq $PID`;
    expect(await shell.run(Type.Boolean(), script)).toEqual([true, true]);
    expect(await readFile(log, 'utf8')).toBe('started\n');
  },
);

describe('the setting', () => {
  test('names the Node.js to take', async () => {
    const { process: found } = await callWith({ PATH: module.scratch, HOSTPROBE_NODE: process.execPath });
    expect(found?.Version).toBe(process.version);
  });

  test.each([
    ['a file that is not there', () => path.join(module.scratch, 'nothing'), 'cannot be started'],
    ['a folder', () => nodeFolder, 'cannot be started'],
    ['no full path', () => nodeName, 'is not a full path'],
    ['a path from the current directory', () => path.join('.', 'tools', nodeName), 'is not a full path'],
  ])('that names %s is told', async (_name, setting, reason) => {
    const { id, message } = await callWith({ PATH: module.scratch, HOSTPROBE_NODE: setting() });
    expect(id).toBe(notFound);
    expect(message).toContain(`${setting()} ${reason}`);
  });
});

describe('other code is not loaded', () => {
  /** A file that leaves a trace when it is run, as CommonJS and as a module. */
  const trap = () => `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(trace())}, '');`;
  const trace = () => path.join(module.scratch, 'trace');

  async function expectNoTrap(variables: Record<string, string>, before = '') {
    const { id, message, process: found } = await callWith(variables, before);
    expect(message).toBe('');
    expect(id).toBe('');
    expect(found?.ExecArgv).toEqual(['--disable-sigusr1']);
    // A folder that nobody moves or deletes: on Windows it could not be while a core is in it.
    expect(found?.Folder).toBe(path.parse(module.folder).root);
    await expect(readFile(trace())).rejects.toThrow('ENOENT');
    return found;
  }

  test('by variables of Node.js and OpenSSL, which do not reach it', async () => {
    const file = path.join(module.scratch, 'trap.cjs');
    await writeFile(file, trap());
    const found = await expectNoTrap({
      NODE_OPTIONS: `--require ${file}`,
      NODE_PATH: module.scratch,
      NODE_REPL_EXTERNAL_MODULE: file,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_DEBUG: 'http',
      NODE_V8_COVERAGE: path.join(module.scratch, 'coverage'),
      node_options: `--require ${file}`,
      Node_Options: `--require ${file}`,
      NODE_CHANNEL_FD: '7',
      NODE_UNIQUE_ID: '1',
      NODE_USE_ENV_PROXY: '1',
      NODE_PRESERVE_SYMLINKS_MAIN: '1',
      NODE_REDIRECT_WARNINGS: path.join(module.scratch, 'warnings'),
      NODE_TEST_CONTEXT: 'child-v8',
      WATCH_REPORT_DEPENDENCIES: '1',
      NODE_COMPILE_CACHE: path.join(module.scratch, 'compiled'),
      NODE_DISABLE_COMPILE_CACHE: '1',
      NODE_ICU_DATA: module.scratch,
      OPENSSL_CONF: file,
      OPENSSL_CONF_INCLUDE: module.scratch,
      OPENSSL_MODULES: module.scratch,
      OPENSSL_ENGINES: module.scratch,
      SSLKEYLOGFILE: path.join(module.scratch, 'keys'),
      NODE_EXTRA_CA_CERTS: path.join(module.scratch, 'none.pem'),
    });
    const known = found?.Names.filter(name => /^(NODE_|OPENSSL_|SSLKEY)/i.test(name));
    expect(known?.sort()).toEqual(['NODE_DISABLE_COMPILE_CACHE', 'NODE_EXTRA_CA_CERTS']);
    expect((await readdir(module.scratch)).sort()).toEqual(['HostProbe', 'trap.cjs']);
  });

  test('by files around the core and in the current directory', async () => {
    const core = path.join(module.folder, 'core');
    const current = path.join(module.scratch, 'current');
    await mkdir(current);
    for (const folder of [core, module.folder, module.scratch, current]) {
      await writeFile(
        path.join(folder, 'package.json'),
        '{ "type": "commonjs", "imports": { "#*": "./trap.cjs" }, "main": "trap.cjs" }',
      );
      await writeFile(path.join(folder, 'node.config.json'), '{ "nodeOptions": { "import": ["./trap.cjs"] } }');
      await writeFile(path.join(folder, '.env'), 'NODE_OPTIONS=--require ./trap.cjs');
      await writeFile(path.join(folder, '.noderc'), 'require=./trap.cjs');
      for (const name of ['trap.cjs', 'index.js', 'core.js', 'core.cjs'])
        await writeFile(path.join(folder, name), trap());
      for (const name of ['ajv', 'fs', 'node:fs', 'path', 'util', 'process']) {
        await mkdir(path.join(folder, 'node_modules', name), { recursive: true });
        await writeFile(path.join(folder, 'node_modules', name, 'index.js'), trap());
      }
    }
    const go = `[Environment]::CurrentDirectory = ${quote(current)}; $null = $ExecutionContext.SessionState.Path.SetLocation(${quote(current)})`;
    await expectNoTrap({}, go);
  });

  // Windows keeps a directory that a process is in.
  test.skipIf(process.platform === 'win32')('and the current directory may be gone', async () => {
    const gone = path.join(module.scratch, 'gone');
    const go = `[void] [System.IO.Directory]::CreateDirectory(${quote(gone)}); [Environment]::CurrentDirectory = ${quote(gone)}
      $null = $ExecutionContext.SessionState.Path.SetLocation(${quote(gone)}); [System.IO.Directory]::Delete(${quote(gone)})`;
    await expectNoTrap({}, go);
  });

  test.skipIf(process.platform === 'win32')('by a node in the current directory', async () => {
    // What it does takes no other program, as there is none on this PATH.
    await fakeNode(`#!/bin/sh\n: > '${trace()}'\n`);
    const search = ['', '.', './', 'tools', nodeFolder].join(path.delimiter);
    const go = `[Environment]::CurrentDirectory = ${quote(tools())}; $null = $ExecutionContext.SessionState.Path.SetLocation(${quote(tools())})`;
    await expectNoTrap({ PATH: search }, go);
    const { id, message } = await callWith(
      { PATH: 'tools' },
      `[Environment]::CurrentDirectory = ${quote(module.scratch)}`,
    );
    expect(id).toBe(notFound);
    expect(message).toContain(`${path.join('tools', nodeName)} is not a full path`);
  });
});
