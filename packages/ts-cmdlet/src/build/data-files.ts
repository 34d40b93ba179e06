import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import type { FileContent } from '../generate/replace-files.ts';
import { isFolder } from './bundled-sources.ts';

/** The folder beside a core that has the files which handlers read. */
const DATA_FOLDER = 'data';

/** Returns the URL of a data file from the core's folder on. Two files of one name are in folders of their own. */
export function dataUrl(file: string, entry: string): string {
  return `./${DATA_FOLDER}/${shippedPath(file, entry).split('/').map(encodeURIComponent).join('/')}${isFolder(file) ? '/' : ''}`;
}

/** A path below the sources stays; what is elsewhere, such as a package's file, is told apart by its folder. */
function shippedPath(file: string, entry: string): string {
  const relative = path.relative(path.dirname(entry), file).split(path.sep).join('/');
  if (!relative.startsWith('..') && !path.isAbsolute(relative)) return relative;
  const folder = createHash('sha256').update(path.posix.dirname(relative)).digest('hex').slice(0, 8);
  return `${folder}/${path.basename(file)}`;
}

/** Reads data files, and all files of data folders, as they go into a core's folder. */
export async function readDataFiles(
  files: Iterable<string>,
  entry: string,
  coreFolder: string,
): Promise<FileContent[]> {
  const contents: FileContent[] = [];
  for (const file of files) {
    const target = path.join(coreFolder, DATA_FOLDER, ...shippedPath(file, entry).split('/'));
    if (!isFolder(file)) contents.push({ file: target, content: await readFile(file) });
    else {
      for (const each of await readdir(file, { recursive: true, withFileTypes: true })) {
        if (!each.isFile()) continue;
        const full = path.join(each.parentPath, each.name);
        contents.push({ file: path.join(target, path.relative(file, full)), content: await readFile(full) });
      }
    }
  }
  return contents;
}

/** Removes the data files of an earlier build: those that are not among the files. */
export async function removeStaleData(coreFolder: string, files: readonly FileContent[]): Promise<void> {
  const folder = path.join(coreFolder, DATA_FOLDER);
  const wanted = new Set(files.map(({ file }) => file));
  const present = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const stale = present
    .filter(each => each.isFile())
    .map(each => path.join(each.parentPath, each.name))
    .filter(file => !wanted.has(file));
  for (const file of stale) await retryWhileBusy(() => rm(file, { force: true }));
  if (![...wanted].some(file => file.startsWith(`${folder}${path.sep}`)))
    await retryWhileBusy(() => rm(folder, { recursive: true, force: true }));
}
