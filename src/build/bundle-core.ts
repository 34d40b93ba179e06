import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { HOST_ALIAS } from './host-sources.ts';
import { REQUIRE_BANNER } from './load-in-thread.ts';
import { precompileValidators } from './precompile-validators.ts';

/**
 * Bundles a module's core into `core.mjs` in a folder, and removes the scripts of an earlier build from it. What the
 * sources import with `import()` goes into files beside it, so that the core starts without reading it. `external`
 * names the packages that stay outside.
 */
export async function bundleCore(entry: string, folder: string, external: readonly string[] = []): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: { core: path.resolve(entry) },
    outdir: folder,
    write: false,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    external: [...external],
    platform: 'node',
    target: 'node22.12',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    alias: HOST_ALIAS,
    plugins: [precompileValidators()],
    banner: { js: REQUIRE_BANNER },
  });
  await mkdir(folder, { recursive: true });
  const names = outputFiles.map(file => path.basename(file.path));
  for (const file of outputFiles) await writeFile(file.path, file.contents);
  const stale = (await readdir(folder)).filter(name => name.endsWith('.mjs') && !names.includes(name));
  await Promise.all(stale.map(name => rm(path.join(folder, name))));
}
