import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { readReport, runCommand } from './command.ts';
import { sample } from './sample-project.ts';

// What a build makes of packages and files that no bundle holds as they are: it works where the module is installed, or the
// build says what to do.

async function build(...options: string[]) {
  const { diagnostics, ok } = readReport(
    (await runCommand(['build', 'Sample', '--json', ...options], sample.cwd)).stdout,
  );
  return {
    ok,
    findings: diagnostics.map(({ severity, code, message, expected }) => ({ severity, code, message, expected })),
  };
}

/** Has Get-SampleGreeting write the value of an expression; `imports` come first in its file. */
async function handler(expression: string, imports = ''): Promise<void> {
  await sample.edit('get-greeting.ts', 'import {', `${imports}\nimport {`);
  await sample.edit('get-greeting.ts', 'Name: name, Text:', `Name: name, Value: String(${expression}), Text:`);
}

/** What the handler writes in a module that was copied to another place, as an installation does. */
async function installed(): Promise<readonly string[]> {
  const place = path.join(sample.cwd, 'installed', 'Sample');
  await cp(sample.file('module/Sample'), place, { recursive: true });
  try {
    await using shell = await startShell(path.join(place, 'Sample.psd1'));
    return await shell.run(Type.String(), '(Get-SampleGreeting Ada).Value');
  } finally {
    await rm(place, { recursive: true });
  }
}

const types = (name: string) => ({ 'index.d.ts': `declare function ${name}(): string; export = ${name};` });

test('a package that is copied brings its own dependencies, and the module works away from the project', async () => {
  await sample.install('inner', { 'index.js': "module.exports = 'found';" });
  const outer = { 'index.js': "module.exports = () => require('inner');", ...types('outer') };
  await sample.install('outer', outer, { dependencies: { inner: '1.0.0' } });
  await handler('outer()', "import outer from 'outer';");
  await sample.edit('module.json', '"powerShellVersion"', '"externalPackages": ["outer"],\n  "powerShellVersion"');
  expect(await build('--strict')).toEqual({ ok: true, findings: [] });
  expect(await installed()).toEqual(['found']);
});

test.each([
  ['when it is loaded', "const inner = require('inner');\nmodule.exports = () => inner;"],
  // Of what is imported later the build learns too, as far as the bundle names it.
  ['later', "module.exports = () => require('inner');"],
])('a package whose dependency only the project has is an error of the build %s', async (when, index) => {
  await sample.install('inner', { 'index.js': "module.exports = 'found';" });
  await sample.install('outer', { 'index.js': index, ...types('outer') });
  await handler(
    when === 'later' ? "(await import('outer')).default()" : 'outer()',
    when === 'later' ? '' : "import outer from 'outer';",
  );
  await sample.edit('module.json', '"powerShellVersion"', '"externalPackages": ["outer"],\n  "powerShellVersion"');
  if (when === 'later')
    await sample.install('outer', { 'index.js': "require('inner');\nmodule.exports = () => 'x';", ...types('outer') });
  const manifest = await sample.read('module/Sample/Sample.psd1');
  expect(await build()).toEqual({
    ok: false,
    findings: [
      {
        severity: 'error',
        code: 'core-failed',
        message: expect.stringMatching(/^Away from the project the core fails: .*Cannot find module 'inner'/),
        expected: expect.stringContaining('dependencies'),
      },
    ],
  });
  expect(await sample.read('module/Sample/Sample.psd1')).toBe(manifest);
});

test('a package with compiled code is told by its name', async () => {
  await sample.install('native', {
    'index.js': "module.exports = require('./native.node');",
    'native.node': '',
    ...types('native'),
  });
  await handler('native()', "import native from 'native';");
  expect(await build()).toMatchObject({
    ok: false,
    findings: [{ code: 'package-not-bundled', expected: 'Write "externalPackages": ["native"] in module.json' }],
  });
});

test('a package that asks for its own files by require.resolve is told by its name, and works where it is external', async () => {
  const index =
    "const file = require.resolve('./worker.js'); module.exports = () => require('node:path').basename(file);";
  await sample.install('asking', { 'index.js': index, 'worker.js': '', ...types('asking') });
  await handler('asking()', "import asking from 'asking';");
  const { ok, findings } = await build();
  expect(ok).toBe(false);
  expect(findings.map(({ expected }) => expected)).toContain(
    'Write "externalPackages": ["asking"] in module.json if it needs them',
  );
  await sample.edit('module.json', '"powerShellVersion"', '"externalPackages": ["asking"],\n  "powerShellVersion"');
  expect(await build()).toEqual({ ok: true, findings: [] });
  expect(await installed()).toEqual(['worker.js']);
});

test('a package that asks for its own folder is a warning with its name; one that does without it is none', async () => {
  const where = { 'index.js': 'module.exports = () => typeof __dirname + __dirname.length;', ...types('where') };
  await sample.install('where', { ...where, 'index.js': 'module.exports = () => String(__dirname.length > 0);' });
  await sample.install('careful', {
    'index.js': "const own = typeof __dirname === 'string' ? __dirname : ''; module.exports = () => own;",
    ...types('careful'),
  });
  await handler('where() + careful().length', "import where from 'where';\nimport careful from 'careful';");
  expect(await build()).toEqual({
    ok: true,
    findings: [
      {
        severity: 'warning',
        code: 'package-not-bundled',
        message: expect.stringContaining('The package where asks for files of its own (__dirname)'),
        expected: 'Write "externalPackages": ["where"] in module.json if it needs them',
      },
    ],
  });
  expect((await installed())[0]).toMatch(/^true\d+$/);
});

test('a handler may have createRequire and require of its own', async () => {
  const imports = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";
  await handler("require('node:path').basename('/a/b')", imports);
  expect(await build()).toEqual({ ok: true, findings: [] });
  expect(await installed()).toEqual(['b']);
});

test('files and folders that a handler names by import.meta.url are shipped, and go when it names them no more', async () => {
  await mkdir(sample.file('templates/deep'), { recursive: true });
  await writeFile(sample.file('templates/deep/one ü.txt'), 'one');
  await writeFile(sample.file('words.txt'), 'words');
  const read = "readFileSync(new URL('./words.txt', import.meta.url), 'utf8')";
  const deep = "readFileSync(new URL('deep/one%20ü.txt', new URL('./templates/', import.meta.url)), 'utf8')";
  await handler(`${read} + ${deep} + early`, `import { readFileSync } from 'node:fs';\nconst early = ${read};`);
  expect(await build('--strict')).toEqual({ ok: true, findings: [] });
  expect(await installed()).toEqual(['wordsonewords']);
  await sample.edit('get-greeting.ts', deep, "''");
  expect(await build('--strict')).toEqual({ ok: true, findings: [] });
  expect(await installed()).toEqual(['wordswords']);
  await expect(sample.read('module/Sample/core/data/templates/deep/one ü.txt')).rejects.toThrow('ENOENT');
});

test('a file beside a handler that is asked for in another way is a warning that says how', async () => {
  await writeFile(sample.file('words.txt'), 'words');
  await handler("path.join(import.meta.dirname, 'words.txt')", "import path from 'node:path';");
  expect((await build()).findings).toMatchObject([
    {
      severity: 'warning',
      code: 'place-of-bundle',
      expected: expect.stringContaining("new URL('./name', import.meta.url)"),
    },
  ]);
});

test('a name that is not used yet is a warning, and only errors of generated types point to them', async () => {
  await sample.edit('get-greeting.ts', 'import {', "import path from 'node:path';\nimport {");
  expect(await build()).toMatchObject({
    ok: true,
    findings: [
      {
        severity: 'warning',
        code: 'type-error',
        message: expect.stringContaining('TS6133'),
        expected: 'Use it, or remove it',
      },
    ],
  });
  await sample.edit('get-greeting.ts', "import path from 'node:path';", 'const count: number = "one";');
  expect((await build()).findings[0]?.expected).not.toContain('generated/');
  await sample.edit('get-greeting.ts', 'const count: number = "one";', '');
  await sample.edit('get-greeting.ts', 'plan: ({ Name,', 'plan: ({ Nmae: Name,');
  const { findings } = await build();
  expect(findings.map(({ expected }) => expected)).toContain('Types in generated/ are made from the help');
});
