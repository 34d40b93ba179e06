import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { modulesFolder, repository } from '../../scripts/own-module.ts';

// The licenses of what is in the core ask for their notices. esbuild says above each piece of a bundle where it is from, which
// is another way to the packages than the one that the build takes.

const core = path.join(modulesFolder, 'SecMgmt', 'core');
const squeezed = (text: string) => text.replace(/\s+/g, ' ');

async function bundledPackages(): Promise<string[]> {
  const scripts = (await readdir(core)).filter(name => name.endsWith('.mjs'));
  const texts = await Promise.all(scripts.map(name => readFile(path.join(core, name), 'utf8')));
  const origins = texts.flatMap(text => [...text.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)]);
  return [...new Set(origins.map(([, name = '']) => name))];
}

test('the core has the license of each package in it, whole', async () => {
  const notices = squeezed(await readFile(path.join(core, 'THIRD-PARTY-NOTICES.txt'), 'utf8'));
  const packages = await bundledPackages();
  expect(packages).toContain('@azure/msal-node');
  for (const name of packages) {
    const folder = path.join(repository, 'node_modules', name);
    const files = (await readdir(folder)).filter(file => /licen[cs]e|notice/i.test(file));
    expect(files, name).not.toEqual([]);
    for (const file of files)
      expect(notices).toContain(squeezed(await readFile(path.join(folder, file), 'utf8')).trim());
  }
});

test("the module has the project's license", async () => {
  expect(await readFile(path.join(modulesFolder, 'SecMgmt', 'LICENSE'), 'utf8')).toBe(
    await readFile(path.join(repository, 'LICENSE'), 'utf8'),
  );
});
