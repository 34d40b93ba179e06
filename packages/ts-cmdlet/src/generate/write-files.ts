import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { compareOrdinal, GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';
import { listedFiles } from './module-manifest.ts';
import { type FileContent, replaceFiles } from './replace-files.ts';

/** How a folder differs from a set of generated files. */
export interface Difference {
  readonly path: string;
  /** `stale`: a generated file that is no longer among the set. */
  readonly kind: 'missing' | 'different' | 'stale';
}

/**
 * Compares a folder with the files that belong there; hand-written files in it are none of its business. Line ends are no
 * difference: with core.autocrlf git gives each text file of a clone CRLF.
 */
export async function compareFiles(folder: string, files: readonly GeneratedFile[]): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const file of files) {
    const present = await readText(path.join(folder, file.path));
    if (present === undefined) differences.push({ path: file.path, kind: 'missing' });
    else if (withLineFeeds(present) !== withLineFeeds(file.content)) {
      differences.push({ path: file.path, kind: 'different' });
    }
  }
  const expected = new Set(files.map(file => file.path));
  for (const found of await writtenBefore(folder)) {
    if (!expected.has(found)) differences.push({ path: found, kind: 'stale' });
  }
  return differences.sort((left, right) => compareOrdinal(left.path, right.path));
}

/** A text with the line ends that the generators write, whatever git made of them. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/**
 * Makes a folder hold the files: writes those that are missing or different, removes generated ones that are no longer
 * among them, touches nothing else; what differs by line ends alone stays, since git would call it modified. `others` are written together with them, all or none. Returns what it changed, but
 * for the others. Throws `WriteError`.
 */
export async function writeFiles(
  folder: string,
  files: readonly GeneratedFile[],
  others: readonly FileContent[] = [],
): Promise<Difference[]> {
  const differences = await compareFiles(folder, files);
  const contents = new Map(files.map(file => [file.path, file.content]));
  const changed = differences.flatMap(({ path: name }) => {
    const content = contents.get(name);
    return content === undefined ? [] : [{ file: path.join(folder, name), content }];
  });
  const stale = differences.filter(({ kind }) => kind === 'stale');
  // The manifest tells what is stale, so it does not take its place before that is gone.
  await replaceFiles([...changed, ...others], async () => {
    for (const { path: name } of stale) {
      await retryWhileBusy(() => rm(path.join(folder, name), { force: true }));
      await removeEmptyFolder(path.join(folder, path.dirname(name)));
    }
  });
  return differences;
}

/** A language whose last file is gone leaves an empty folder. */
async function removeEmptyFolder(folder: string): Promise<void> {
  if ((await readdir(folder)).length === 0) await retryWhileBusy(() => rmdir(folder));
}

const generatedExtensions = new Set(['.psm1', '.psd1', '.ps1xml', '.xml', '.ts']);

/**
 * Files under the folder that an earlier build wrote: those that say so in their first lines, and those that an earlier
 * manifest lists as such, since a topic or a copied script has no place to say so.
 */
async function writtenBefore(folder: string): Promise<Set<string>> {
  const marked = await markedFilesIn(folder);
  const manifests = marked.filter(file => file.endsWith('.psd1') && !file.includes('/'));
  const texts = await Promise.all(manifests.map(file => readText(path.join(folder, file))));
  const listed = texts.flatMap(text => listedFiles(text ?? ''));
  const present = await Promise.all(listed.map(async file => ((await isFile(path.join(folder, file))) ? [file] : [])));
  return new Set([...marked, ...present.flat()]);
}

async function markedFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries.filter(item => item.isFile() && generatedExtensions.has(path.extname(item.name)))) {
    const file = path.join(entry.parentPath, entry.name);
    const head = (await readText(file))?.split('\n', 3) ?? [];
    if (head.some(line => line.includes(GENERATED_NOTE))) {
      found.push(path.relative(folder, file).split(path.sep).join('/'));
    }
  }
  return found;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return found?.isFile() === true;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
