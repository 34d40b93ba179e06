import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { RUNTIME_ALIAS } from '../../packages/ts-cmdlet/src/build/own-sources.ts';
import { precompileValidators } from '../../packages/ts-cmdlet/src/build/precompile-validators.ts';
import { readModuleSettings } from '../../packages/ts-cmdlet/src/generate/read-settings.ts';
import { modulesFolder, repository } from '../../scripts/own-module.ts';

// The licenses of what is in the core ask for their notices. esbuild says above each piece of a bundle with blanks in it where
// it is from, which is another way to the packages than the one that the build takes.

const core = path.join(modulesFolder, 'SecMgmt', 'core');
const squeezed = (text: string) => text.replace(/\s+/g, ' ');

async function bundledPackages(): Promise<string[]> {
  const source = path.join(repository, 'src');
  const { externalPackages } = readModuleSettings(
    await readFile(path.join(source, 'module.json'), 'utf8'),
    'module.json',
  );
  const { outputFiles } = await build({
    entryPoints: [path.join(source, 'main.ts')],
    outdir: core,
    write: false,
    splitting: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    external: [...(externalPackages ?? [])],
    alias: RUNTIME_ALIAS,
    plugins: [precompileValidators()],
    absWorkingDir: repository,
  });
  const origins = outputFiles.flatMap(({ text }) => [
    ...text.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm),
  ]);
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
