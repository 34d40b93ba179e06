import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyPackages } from '../../src/build/copy-packages.ts';
import { refuseFiles } from '../support/refused-files.ts';

// Packages that go beside the core as they are: what npm has installed, found as Node.js finds it.

let folder: string;
const core = () => path.join(folder, 'core');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copy-packages-'));
  await install('binding', { optionalDependencies: { 'binding-here': '1.0.0', 'binding-elsewhere': '1.0.0' } });
  await install('binding-here');
  await install('@scope/other');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function install(name: string, manifest: object = {}): Promise<void> {
  const target = path.join(folder, 'node_modules', ...name.split('/'));
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
}

async function copied(packages: readonly string[]): Promise<string[]> {
  await copyPackages(packages, path.join(folder, 'src', 'main.ts'), core());
  const files = await readdir(core(), { recursive: true });
  const manifests = files.filter(file => path.basename(file) === 'package.json').map(file => path.dirname(file));
  return manifests.map(file => file.replaceAll(path.sep, '/').replace('node_modules/', '')).sort();
}

test('a package goes with those of its packages for platforms that are installed', async () => {
  await mkdir(core(), { recursive: true });
  expect(await copied(['binding', '@scope/other'])).toEqual(['@scope/other', 'binding', 'binding-here']);
});

test('one that is not named any more goes', async () => {
  expect(await copied(['binding'])).toEqual(['binding', 'binding-here']);
  expect(await copied([])).toEqual([]);
});

test('a copy of the same version stays, since a running core may have it open', async () => {
  await copied(['binding']);
  const own = path.join(core(), 'node_modules', 'binding', 'of-this-copy');
  await writeFile(own, '');
  await copied(['binding']);
  expect(await readdir(path.dirname(own))).toContain('of-this-copy');
});

test('another version takes the place of a copy that another process has open for a moment', async () => {
  await copied(['binding']);
  await install('binding', { version: '2.0.0' });
  using busy = refuseFiles(core(), ['rename', 'rm']);
  expect(await copied(['binding'])).toEqual(['binding']);
  expect(busy.refused).toContain('rename EPERM');
  expect(await readFile(path.join(core(), 'node_modules', 'binding', 'package.json'), 'utf8')).toContain('2.0.0');
  expect(await readdir(path.join(core(), 'node_modules'))).toEqual(['binding']);
});

test('a copy that cannot take its place leaves the one before', async () => {
  await copied(['binding']);
  const present = await readFile(path.join(core(), 'node_modules', 'binding', 'package.json'), 'utf8');
  await install('binding', { version: '3.0.0' });
  const place = path.join(core(), 'node_modules', '.copy');
  using _busy = refuseFiles(place, ['rename'], { times: Number.POSITIVE_INFINITY, codes: ['EBUSY'] });
  await expect(copied(['binding'])).rejects.toThrow('EBUSY');
  expect(await readdir(path.join(core(), 'node_modules'))).toEqual(['binding']);
  expect(await readFile(path.join(core(), 'node_modules', 'binding', 'package.json'), 'utf8')).toBe(present);
});

test('one that is not installed is an error that names it', async () => {
  await expect(copied(['nowhere'])).rejects.toThrow('The package nowhere is not installed');
});
