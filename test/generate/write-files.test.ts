import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GENERATED_NOTE } from '../../src/generate/generated-file.ts';
import { compareFiles, writeFiles } from '../../src/generate/write-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'write-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const generated = (name: string) => ({ path: name, content: `# ${GENERATED_NOTE}\n` });

test('writes what is missing, in folders that it makes', async () => {
  const files = [generated('a.psm1'), generated('en-US/b.xml')];
  expect(await writeFiles(folder, files)).toEqual([
    { path: 'a.psm1', kind: 'missing' },
    { path: 'en-US/b.xml', kind: 'missing' },
  ]);
  expect(await readFile(path.join(folder, 'en-US', 'b.xml'), 'utf8')).toBe(files[1]?.content);
});

test('does not touch a file that is right', async () => {
  await writeFiles(folder, [generated('a.psm1')]);
  const before = await stat(path.join(folder, 'a.psm1'), { bigint: true });
  expect(await writeFiles(folder, [generated('a.psm1')])).toEqual([]);
  expect((await stat(path.join(folder, 'a.psm1'), { bigint: true })).mtimeNs).toBe(before.mtimeNs);
});

test('removes a generated file that is no longer wanted, and nothing else', async () => {
  await writeFiles(folder, [generated('a.psm1'), generated('old.psm1')]);
  await writeFile(path.join(folder, 'ModuleHost.ps1'), `# by hand\n`);
  await writeFile(path.join(folder, 'mine.psm1'), `# by hand\n\n\n\n# ${GENERATED_NOTE}\n`);
  await writeFile(path.join(folder, 'notes.txt'), GENERATED_NOTE);
  expect(await writeFiles(folder, [generated('a.psm1')])).toEqual([{ path: 'old.psm1', kind: 'stale' }]);
  expect((await readdir(folder)).sort()).toEqual(['ModuleHost.ps1', 'a.psm1', 'mine.psm1', 'notes.txt']);
});

test('compares without writing', async () => {
  await writeFiles(folder, [generated('a.psm1'), generated('old.psm1')]);
  const changed = { path: 'a.psm1', content: 'other' };
  expect(await compareFiles(folder, [changed, generated('new.psm1')])).toEqual([
    { path: 'a.psm1', kind: 'different' },
    { path: 'new.psm1', kind: 'missing' },
    { path: 'old.psm1', kind: 'stale' },
  ]);
  expect((await readdir(folder)).sort()).toEqual(['a.psm1', 'old.psm1']);
});

test('a folder that does not exist holds nothing', async () => {
  expect(await compareFiles(path.join(folder, 'none'), [generated('a.psm1')])).toEqual([
    { path: 'a.psm1', kind: 'missing' },
  ]);
});
