import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Message, type Plugin } from 'esbuild';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { type FileContent, WriteError } from '../generate/replace-files.ts';
import { builtinModules } from './builtin-modules.ts';
import { COMMONJS_NAMES } from './bundle-names.ts';
import { TARGET } from './bundle-target.ts';
import { watchSources } from './bundled-sources.ts';
import { dataUrl, readDataFiles } from './data-files.ts';
import { mergeStart } from './merge-start.ts';
import { hostAssembly, isOwnSource, ownScript, RUNTIME_ALIAS, runtimeFolder } from './own-sources.ts';
import { precompileValidators } from './precompile-validators.ts';
import { isPackageSource, withoutVainMaps } from './source-maps.ts';
import { NOTICES_FILE, thirdPartyNotices } from './third-party-notices.ts';

/** A bundled core. */
export interface CoreBundle {
  readonly files: FileContent[];
  /** What it imports from the packages that stay outside. */
  readonly imports: string[];
}

/**
 * Bundles a module's core: gives `core.mjs` of a folder, and beside it a file for what the sources import with `import()`,
 * so that the core starts without reading that, the source maps, the files that sources name by `new URL('./x', import.meta.url)`, and the
 * notices of the packages in it. `external` names the packages that stay outside. Nothing is written there, but there is a `WriteError` when a temporary file has no room.
 */
export async function bundleCore(entry: string, folder: string, external: readonly string[] = []): Promise<CoreBundle> {
  const sources = watchSources(file => dataUrl(file, entry));
  const { outputFiles, metafile } = await build({
    entryPoints: { core: START },
    outdir: folder,
    write: false,
    metafile: true,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    external: [...external],
    platform: 'node',
    target: TARGET,
    format: 'esm',
    legalComments: 'none',
    // No script names its map, so Node.js reads none: source-places.ts does when a stack is shown.
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    alias: RUNTIME_ALIAS,
    plugins: [entryLater(path.resolve(entry)), builtinModules(), precompileValidators(), sources.plugin],
    ...COMMONJS_NAMES,
  }).catch((error: unknown) => {
    throw writeErrorIn(error) ?? error;
  });
  // The validators are code that ajv wrote, and the rest of a package may be none of the bundle's.
  const notices = await thirdPartyNotices(metafile, process.cwd(), path.dirname(path.resolve(entry)), [
    runtimeFolder,
    path.dirname(createRequire(import.meta.url).resolve('ajv/package.json')),
  ]);
  const first = path.join(path.resolve(folder), 'core.mjs');
  const scripts = await mergeStart(outputFiles, metafile, first);
  const start = await bundleStart();
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
  const files = [
    ...withoutVainMaps(scripts, file => !isPackageSource(file) && !isOwnSource(file)).map(
      ({ path: file, contents, text }) => ({ file, content: file === first ? start + text : contents }),
    ),
    ...(await readDataFiles(sources.dataFiles, entry, folder)),
    { file: path.join(folder, NOTICES_FILE), content: notices },
    { file: path.join(folder, path.basename(hostAssembly)), content: await readFile(hostAssembly) },
  ];
  const outside = imports.filter(({ path: name, external: isOutside }) => isOutside && external.some(isPartOf(name)));
  return { files, imports: [...new Set(outside.map(({ path: name }) => name))] };
}

/** Whether an import is of a package, or of a file in it. */
function isPartOf(name: string): (packageName: string) => boolean {
  return packageName => name === packageName || name.startsWith(`${packageName}/`);
}

const START = 'entry-later';

/** An esbuild plugin that provides the file that imports the module's entry. */
function entryLater(entry: string): Plugin {
  return {
    name: START,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${START}$`) }, () => ({ path: START, namespace: START }));
      onLoad({ filter: /./, namespace: START }, () => ({
        contents: `await import(${JSON.stringify(entry)});`,
        resolveDir: path.dirname(entry),
      }));
    },
  };
}

/**
 * Bundles what a core does before its entry is read, as text. In the bundle of the rest it would share scripts with that, which
 * Node.js reads before it runs any of them.
 */
async function bundleStart(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ownScript('runtime', 'core-start')],
    write: false,
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
    plugins: [builtinModules()],
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** Removes the scripts of an earlier build from a core's folder: those that are not among the files. */
export async function removeStaleScripts(folder: string, files: readonly FileContent[]): Promise<void> {
  const names = files.map(({ file }) => path.basename(file));
  const stale = (await readdir(folder)).filter(name => /\.mjs(\.map)?$/.test(name) && !names.includes(name));
  await Promise.all(stale.map(name => retryWhileBusy(() => rm(path.join(folder, name), { force: true }))));
}

/** What a plugin threw is the detail of a message that esbuild makes of it. */
function writeErrorIn(error: unknown): WriteError | undefined {
  if (!(error instanceof Error && 'errors' in error && Array.isArray(error.errors))) return undefined;
  const details: unknown[] = error.errors.map(({ detail }: Message) => detail);
  return details.find(detail => detail instanceof WriteError);
}
