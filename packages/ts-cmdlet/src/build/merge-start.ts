import path from 'node:path';
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { TARGET } from './bundle-target.ts';
import { withMap } from './source-maps.ts';

const MERGED = 'merged';
const SHARED = 'shared.mjs';

/**
 * Merges what a core's start imports into one file, and leaves out what only a reader of the bundle needs. esbuild makes a
 * file of each set of modules that the same `import()`s share, and gives no other choice; Node.js takes about a millisecond
 * for each. The module's entry stays apart: what is imported later imports the merged file, and would wait for an entry that
 * waits for it.
 * @param start the bundle's first file, which imports the module's entry by `import()`
 */
export async function mergeStart(
  files: readonly OutputFile[],
  { outputs }: Metafile,
  start: string,
): Promise<OutputFile[]> {
  const folder = path.dirname(start);
  const maps = new Map(files.map(file => [path.resolve(file.path), file.contents]));
  const texts = new Map(
    files
      .filter(file => !file.path.endsWith('.map'))
      .map(({ path: file, text }) => [path.resolve(file), withMap(text, maps.get(`${path.resolve(file)}.map`))]),
  );
  const described = new Map(Object.entries(outputs).map(([file, output]) => [path.resolve(file), output]));
  const entries = (described.get(start)?.imports ?? []).map(each => path.resolve(each.path));
  const merged = entries.flatMap(entry => [...startOf(entry, described)].filter(file => file !== entry));
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(
      [...texts.keys()]
        .filter(file => !merged.includes(file))
        .map(file => [path.basename(file, '.mjs'), file])
        .concat(merged.length > 0 ? [[path.basename(SHARED, '.mjs'), MERGED]] : []),
    ),
    outdir: folder,
    write: false,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'esm',
    legalComments: 'none',
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [mergedFiles(merged, texts, file => described.get(file)?.exports ?? [])],
  });
  return outputFiles;
}

type Outputs = ReadonlyMap<string, Metafile['outputs'][string]>;

/** A file and all that it imports at its start, each after what it imports itself: the order in which they are run. */
function startOf(file: string, outputs: Outputs, found = new Set<string>()): Set<string> {
  for (const each of outputs.get(file)?.imports ?? []) {
    const target = path.resolve(each.path);
    if (each.kind === 'import-statement' && !each.external && !found.has(target)) startOf(target, outputs, found);
  }
  return found.add(file);
}

/** An esbuild plugin that reads the first bundle from memory, and has who imports a merged file import the one of all. */
function mergedFiles(
  merged: readonly string[],
  texts: ReadonlyMap<string, string>,
  exportsOf: (file: string) => readonly string[],
): Plugin {
  const names = (file: string) => exportsOf(file).map(name => ({ name, common: `${name}_${merged.indexOf(file)}` }));
  const reexport = (names: readonly string[], source: string) =>
    `export { ${names.join()} } from ${JSON.stringify(source)};`;
  const all = merged.map(file =>
    reexport(
      names(file).map(({ name, common }) => `${name} as ${common}`),
      file,
    ),
  );
  const renamed = (file: string) =>
    reexport(
      names(file).map(({ name, common }) => `${common} as ${name}`),
      `./${SHARED}`,
    );
  return {
    name: MERGED,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path: name, importer, kind, resolveDir }) => {
        if (name === MERGED) return { path: MERGED, namespace: MERGED };
        if (kind === 'entry-point') return { path: name, namespace: 'file' };
        const file = path.resolve(resolveDir, name);
        if (!merged.includes(file) || kind !== 'import-statement') return { path: name, external: true };
        if (importer === MERGED || merged.includes(importer)) return { path: file, namespace: 'file' };
        return { path: file, namespace: 'renamed' };
      });
      onLoad({ filter: /./, namespace: MERGED }, () => ({ contents: all.join('\n'), resolveDir: '/' }));
      onLoad({ filter: /./, namespace: 'renamed' }, ({ path: file }) => ({ contents: renamed(file) }));
      onLoad({ filter: /./, namespace: 'file' }, ({ path: file }) => {
        const contents = texts.get(file);
        return contents === undefined ? undefined : { contents, resolveDir: path.dirname(file) };
      });
    },
  };
}
