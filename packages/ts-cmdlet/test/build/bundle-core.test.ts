import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundleCore } from '../../src/build/bundle-core.ts';

/** Bundles a core of these sources, and runs it. Gives what it prints, and the names of its scripts. */
async function run(sources: Readonly<Record<string, string>>): Promise<{ printed: string; scripts: string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bundle-core-'));
  try {
    for (const [name, source] of Object.entries(sources)) await writeFile(path.join(folder, name), source);
    const { files } = await bundleCore(path.join(folder, 'main.ts'), folder);
    for (const { file, content } of files) await writeFile(file, content);
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'core.mjs')]);
    const names = files.map(({ file }) => path.basename(file)).filter(name => name.endsWith('.mjs'));
    return { printed: stdout, scripts: names.map(name => name.replace(/-[A-Z0-9]{8}\.mjs$/, '.mjs')).sort() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('a core listens to SIGUSR1 before any file of its module runs', async () => {
  const { printed } = await run({
    // Two files import it, one of them late, so it becomes a file of its own, which runs before the one that imports it.
    'shared.ts': `console.log(process.listenerCount('SIGUSR1'));`,
    'late.ts': `import './shared.ts';`,
    'main.ts': `import './shared.ts'; void import('./late.ts');`,
  });
  expect(printed).toBe('1\n');
});

test('a core starts with one file beside its entry, whatever is imported late, and each module is there once', async () => {
  const { printed, scripts } = await run({
    'one.ts': `console.log('one'); export let count = 0; export const add = () => { count += 1; };`,
    'two.ts': `import { add } from './one.ts'; console.log('two'); add(); export const name = 'two';`,
    'three.ts': `export const name = 'three';`,
    'first.ts': `import { add, count } from './one.ts'; import { name } from './three.ts'; add(); console.log('first', count, name);`,
    'second.ts': `import { add, count } from './one.ts'; import { name } from './two.ts'; import './later.ts'; add(); console.log('second', count, name);`,
    'third.ts': `import './later.ts'; console.log('third', typeof require, typeof __dirname);`,
    'later.ts': `console.log('later');`,
    // It waits for them while it is not yet run itself.
    'main.ts': `import { name } from './two.ts'; import { name as other } from './three.ts'; import { count } from './one.ts';
      console.log('main', count, name, other);
      await import('./first.ts'); await import('./second.ts'); await import('./third.ts');
      console.log('end', count);`,
  });
  expect(printed.split('\n')).toEqual([
    ...[
      'one',
      'two',
      'main 1 two three',
      'first 2 three',
      'later',
      'second 3 two',
      'third function string',
      'end 3',
      '',
    ],
  ]);
  expect(scripts).toEqual(['chunk.mjs', 'core.mjs', 'first.mjs', 'main.mjs', 'second.mjs', 'shared.mjs', 'third.mjs']);
});
