import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundleCore } from '../../src/build/bundle-core.ts';

test('a core listens to SIGUSR1 before any file of its module runs', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bundle-core-'));
  try {
    const sources = {
      // Two files import it, one of them late, so it becomes a file of its own, which runs before the one that imports it.
      'shared.ts': `console.log(process.listenerCount('SIGUSR1'));`,
      'late.ts': `import './shared.ts';`,
      'main.ts': `import './shared.ts'; void import('./late.ts');`,
    };
    for (const [name, source] of Object.entries(sources)) await writeFile(path.join(folder, name), source);
    const { files } = await bundleCore(path.join(folder, 'main.ts'), folder);
    for (const { file, content } of files) await writeFile(file, content);
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'core.mjs')]);
    expect(stdout).toBe('1\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
