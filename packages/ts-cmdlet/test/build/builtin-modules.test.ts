import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { builtinModules as builtinNames } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtinModules } from '../../src/build/builtin-modules.ts';

// Node.js's own modules in a bundle.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'builtin-modules-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bundles a script, runs it, and gives what it prints. */
async function run(contents: string): Promise<string> {
  const outfile = path.join(folder, 'bundle.mjs');
  const stdin = { contents, resolveDir: folder };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [builtinModules()],
    logLevel: 'silent',
  });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [outfile]);
  return stdout + stderr;
}

test('are imported as a whole, by name and as a namespace, with and without node:', async () => {
  const printed = await run(`
    import fs, { existsSync as exists } from 'node:fs';
    import * as os from 'os';
    import { setTimeout as delay } from 'node:timers/promises';
    await delay(1);
    console.log(fs.existsSync('.'), exists('.'), os.EOL === (await import('node:os')).EOL);`);
  expect(printed).toBe('true true true\n');
});

test('are no more loaded than the script uses of them', async () => {
  const loaded = `console.log(process.moduleLoadList.includes('NativeModule internal/util/colors'))`;
  expect(await run(`import { inspect } from 'node:util'; globalThis.kept = inspect; ${loaded}`)).toBe('false\n');
});

// Three of them print a warning when they are loaded.
test('can each be imported', async () => {
  const names = builtinNames.filter(name => !name.startsWith('_') && !['punycode', 'sys', 'wasi'].includes(name));
  const imports = names.map((name, index) => `import module${index} from ${JSON.stringify(name)};`);
  const uses = names.map((_, index) => `typeof module${index}`);
  const printed = await run(`${imports.join('\n')} console.log([${uses.join(', ')}].includes('undefined'));`);
  expect(printed).toBe('false\n');
});

test('fs/promises, which loads much else, is loaded once one of its functions is called', async () => {
  const loaded = `process.moduleLoadList.includes('NativeModule fs/promises')`;
  const printed = await run(`
    import fs, { constants, readFile } from 'node:fs/promises';
    console.log(typeof fs.access, constants.R_OK, ${loaded}, (await readFile(import.meta.filename)).length > 0, ${loaded});`);
  expect(printed).toBe('function 4 false true true\n');
});
