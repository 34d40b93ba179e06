import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Loader, type Plugin, transform } from 'esbuild';
import { packageFolder } from './find-package.ts';
import { isOwnSource } from './own-sources.ts';
import { isPackageSource, NO_PLACES } from './source-maps.ts';

/** A place in a source that does not do in a bundle what it does beside its package or its handler. */
export interface BundleHazard {
  readonly kind: 'package-directory' | 'own-directory';
  /** The source's full path. */
  readonly file: string;
  readonly line: number;
  /** What it uses, such as `__dirname`. */
  readonly name: string;
  /** The folder of the package that the source is part of; absent for the module's own sources. */
  readonly packageFolder?: string;
}

/** What is learned of the sources while they are bundled. */
export interface BundledSources {
  readonly plugin: Plugin;
  readonly hazards: BundleHazard[];
  /** Files and folders that sources name by `new URL('./x', import.meta.url)`: full paths. */
  readonly dataFiles: Set<string>;
}

/** Returns the URL, from the bundle's place on or absolute, at which a data file is found when the bundle runs. */
export type PlaceOfData = (file: string) => string;

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};

/** The way in which an ES module names a file beside it; bundlers know it. */
const DATA_URL = /new URL\(\s*(['"`])(\.\.?\/[^'"`$\n]+)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * Watches what is bundled: a file that a source names by `new URL('./x', import.meta.url)` gets the URL that it has beside
 * the bundle, and what asks for its own place in another way is a hazard, since a bundle is at another place.
 */
export function watchSources(placeOf: PlaceOfData): BundledSources {
  const hazards: BundleHazard[] = [];
  const dataFiles = new Set<string>();
  const plugin: Plugin = {
    name: 'bundled-sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path: file }) => {
        if (isOwnSource(file)) return undefined;
        const text = await readFile(file, 'utf8');
        const loader = LOADERS[path.extname(file)] ?? 'js';
        const end = isPackageSource(file) ? NO_PLACES : '';
        if (!/\bimport\.meta\b|\b__(dir|file)name\b|\brequire\.resolve\b/.test(text))
          return end === '' ? undefined : { contents: text + end, loader };
        hazards.push(...(await findHazards(file, text, loader)));
        const contents = text.replace(DATA_URL, (whole, _quote, reference: string) => {
          const data = dataFile(file, reference);
          if (data === undefined) return whole;
          dataFiles.add(data);
          return `new URL(${JSON.stringify(placeOf(data))}, import.meta.url)`;
        });
        return { contents: contents + end, loader };
      });
    },
  };
  return { plugin, hazards, dataFiles };
}

/** What a reference leads to: a file or a folder below the source's own folder or beside it, but no folder that it is in. */
function dataFile(source: string, reference: string): string | undefined {
  const file = path.resolve(path.dirname(source), decodeURIComponent(reference));
  const isAround = source.startsWith(`${file}${path.sep}`);
  return isAround || !existsSync(file) ? undefined : file;
}

async function findHazards(file: string, text: string, loader: Loader): Promise<BundleHazard[]> {
  const folder = packageFolder(file);
  const isPackage = folder !== undefined && file.includes(`${path.sep}node_modules${path.sep}`);
  const found = ['__dirname', '__filename'].filter(name => text.includes(name));
  const resolves = isPackage && text.includes(RESOLVE);
  const used = found.length > 0 || resolves ? await namesInCode(text, found, loader) : [];
  if (!isPackage) used.push(...joinedNames(file, text));
  return used.map(name => ({
    kind: isPackage ? 'package-directory' : 'own-directory',
    file,
    line: lineOf(text, name),
    name,
    ...(isPackage && { packageFolder: folder }),
  }));
}

/** The own folder that a handler joins with the name of a file which is there; without one it may mean that of the core. */
function joinedNames(file: string, text: string): string[] {
  const joined = text.matchAll(/(import\.meta\.dirname)(?:\s*,\s*['"`]|\}\/)([^'"`$\n]+)/g);
  const existing = [...joined].filter(([, , name = '']) => existsSync(path.join(path.dirname(file), name)));
  return [...new Set(existing.map(([, name = '']) => name))];
}

/** How a package asks for a file of its own, such as the script of a worker. */
const RESOLVE = 'require.resolve';

/**
 * Which of the names code uses that it does not declare, and whether it asks for files of its own: not in a comment or in a
 * text. Code that asks for the type of a name does without it.
 */
async function namesInCode(text: string, names: readonly string[], loader: Loader): Promise<string[]> {
  const marks = new Map(names.map((name, index) => [name, `freeName${index}$`]));
  const { code } = await transform(text, { loader, define: Object.fromEntries(marks), minifyWhitespace: true });
  const free = names.filter(name => {
    const mark = marks.get(name) ?? name;
    return code.includes(mark) && !code.includes(`typeof ${mark}`);
  });
  return /\brequire\.resolve\(["'`]\./.test(code) ? [...free, RESOLVE] : free;
}

/** The first line of code that has a name; comments above it may have it too. */
function lineOf(text: string, name: string): number {
  const lines = text.split('\n');
  const isCode = (line: string) => line.includes(name) && !/^\s*(\/\/|\*|\/\*)/.test(line);
  return Math.max(lines.findIndex(isCode), 0) + 1;
}

/** Whether a path is of a folder. */
export function isFolder(file: string): boolean {
  return statSync(file).isDirectory();
}
