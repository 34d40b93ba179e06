import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyPackages, removeOtherPackages } from '../../src/build/copy-packages.ts';
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
  const entry = path.join(folder, 'src', 'main.ts');
  await removeOtherPackages(core(), await copyPackages(packages, entry, core()));
  const files = await readdir(core(), { recursive: true });
  const manifests = files.filter(file => path.basename(file) === 'package.json').map(file => path.dirname(file));
  return manifests.map(file => file.replaceAll(path.sep, '/').replaceAll('node_modules/', '')).sort();
}

test('a package goes with those of its packages for platforms that are installed', async () => {
  await mkdir(core(), { recursive: true });
  expect(await copied(['binding', '@scope/other'])).toEqual(['@scope/other', 'binding', 'binding-here']);
});

test('what a package depends on goes along, each in the version that is installed for it', async () => {
  await install('top', { dependencies: { middle: '1', shared: '1', '@types/shared': '1' } });
  await install('middle', {
    dependencies: { shared: '2' },
    peerDependencies: { peer: '1', unused: '1' },
    peerDependenciesMeta: { unused: { optional: true } },
  });
  for (const name of ['peer', 'unused', '@types/shared']) await install(name);
  await install('shared', { dependencies: { middle: '1' } });
  await install('middle/node_modules/shared', { version: '2.0.0' });
  expect(await copied(['top'])).toEqual(['middle', 'middle/shared', 'peer', 'shared', 'top']);
  const version = async (...place: string[]) =>
    JSON.parse(await readFile(path.join(core(), 'node_modules', ...place, 'package.json'), 'utf8')).version;
  expect(await version('shared')).toBe('1.0.0');
  expect(await version('middle', 'node_modules', 'shared')).toBe('2.0.0');
  // A version inside of a package that is not needed there any more goes.
  await rm(path.join(folder, 'node_modules', 'middle', 'node_modules'), { recursive: true });
  expect(await copied(['top'])).toEqual(['middle', 'peer', 'shared', 'top']);
});

test('one that another needs and that is not installed is an error that names both', async () => {
  await install('needy', { dependencies: { absent: '1' } });
  await expect(copied(['needy'])).rejects.toThrow('The package absent, which needy needs, is not installed');
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
