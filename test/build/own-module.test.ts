import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

// SecMgmt is the first module that is made with the machine, and no special case of it.

const sources = path.join(import.meta.dirname, '..', '..', 'src');

test.each(['help', 'generate', 'files', 'schema', 'host', 'build', 'cli'])(
  'nothing in src/%s knows of SecMgmt',
  async folder => {
    const entries = await readdir(path.join(sources, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
    expect(files).not.toEqual([]);
    const knowing = await Promise.all(
      files.map(async file =>
        /secmgmt|msal|entra\b/i.test(`${file.slice(sources.length)}${await readFile(file, 'utf8')}`) ? [file] : [],
      ),
    );
    expect(knowing.flat()).toEqual([]);
  },
);

test.each(['help', 'generate', 'files', 'schema', 'host', 'build', 'cli'])(
  'src/%s imports neither its cmdlets nor the sign-in',
  async folder => {
    const files = (await readdir(path.join(sources, folder))).filter(name => name.endsWith('.ts'));
    for (const file of files) {
      expect(await readFile(path.join(sources, folder, file), 'utf8'), file).not.toMatch(
        /from '\.\.\/(auth|cmdlets)\//,
      );
    }
  },
);
