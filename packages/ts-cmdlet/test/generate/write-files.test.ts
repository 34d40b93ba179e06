import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GENERATED_NOTE } from '../../src/generate/generated-file.ts';
import { moduleManifest } from '../../src/generate/module-manifest.ts';
import { compareFiles, writeFiles } from '../../src/generate/write-files.ts';
import { commandHelp, moduleSettings } from '../support/help-models.ts';
import { refuseFiles } from '../support/refused-files.ts';

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

test('what a manifest lists as written goes when it is not wanted any more, and its folder with it', async () => {
  const manifest = (files: string[]) => ({
    path: 'A.psd1',
    content: moduleManifest([commandHelp('Get-Widget', [])], moduleSettings(), files),
  });
  const topic = (culture: string) => ({ path: `${culture}/about_A.help.txt`, content: 'TOPIC\n' });
  const script = { path: 'Own.ps1', content: '# by hand\n' };
  const files = [topic('de-DE'), topic('en-US'), script];
  await writeFiles(folder, [manifest(['A.psd1', ...files.map(file => file.path)]), ...files]);
  await writeFile(path.join(folder, 'extra.txt'), 'by hand');
  await writeFile(path.join(folder, 'en-US', 'about_Mine.help.txt'), 'by hand');

  const wanted = [manifest(['A.psd1']), { path: 'en-US/b.xml', content: `<!-- ${GENERATED_NOTE} -->` }];
  const gone = [
    { path: 'Own.ps1', kind: 'stale' },
    { path: 'de-DE/about_A.help.txt', kind: 'stale' },
    { path: 'en-US/about_A.help.txt', kind: 'stale' },
  ];
  expect((await compareFiles(folder, wanted)).filter(({ kind }) => kind === 'stale')).toEqual(gone);
  expect((await writeFiles(folder, wanted)).filter(({ kind }) => kind === 'stale')).toEqual(gone);
  expect((await readdir(folder, { recursive: true })).map(name => name.replaceAll(path.sep, '/')).sort()).toEqual([
    'A.psd1',
    'en-US',
    'en-US/about_Mine.help.txt',
    'en-US/b.xml',
    'extra.txt',
  ]);
  expect(await compareFiles(folder, wanted)).toEqual([]);
});

test('files that another process has open for a moment are replaced and removed when it lets go', async () => {
  await writeFiles(folder, [generated('a.psm1'), generated('de-DE/old.xml')]);
  const wanted = [{ path: 'a.psm1', content: 'other' }, generated('new.psm1')];
  {
    using busy = refuseFiles(folder, ['rename', 'rm', 'rmdir']);
    await writeFiles(folder, wanted);
    expect(new Set(busy.refused.map(each => each.split(' ')[0]))).toEqual(new Set(['rename', 'rm', 'rmdir']));
  }
  expect(await compareFiles(folder, wanted)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['a.psm1', 'new.psm1']);
});

test('a file that another process does not let go of is an error that names it, and nothing is left beside it', async () => {
  await writeFiles(folder, [generated('a.psm1')]);
  using _busy = refuseFiles(folder, ['rename'], { times: Number.POSITIVE_INFINITY, codes: ['EBUSY'] });
  using _scanned = refuseFiles(folder, ['rm']);
  const writing = writeFiles(folder, [{ path: 'a.psm1', content: 'other' }]);
  await expect(writing).rejects.toThrow(`${path.join(folder, 'a.psm1')} cannot be written: EBUSY`);
  expect(await readdir(folder)).toEqual(['a.psm1']);
});
