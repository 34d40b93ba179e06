import { build } from 'esbuild';
import { precompileValidators } from './precompile-validators.ts';

/** Bundles a module's core into one file. `host` is the folder of the host's sources that the core imports. */
export async function bundleCore(entry: string, file: string, host: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node22.12',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [precompileValidators(host)],
    // Packages in CommonJS ask for Node's own modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}
