import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compareOrdinal, GENERATED_NOTE, type GeneratedFile } from './generated-file.ts';

/** How a folder differs from a set of generated files. */
export interface Difference {
  readonly path: string;
  /** `stale`: a generated file that is no longer among the set. */
  readonly kind: 'missing' | 'different' | 'stale';
}

/** Compares a folder with the files that belong there; hand-written files in it are none of its business. */
export async function compareFiles(folder: string, files: readonly GeneratedFile[]): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const file of files) {
    const present = await readText(path.join(folder, file.path));
    if (present !== file.content) {
      differences.push({ path: file.path, kind: present === undefined ? 'missing' : 'different' });
    }
  }
  const expected = new Set(files.map(file => file.path));
  for (const found of await generatedFilesIn(folder)) {
    if (!expected.has(found)) {
      differences.push({ path: found, kind: 'stale' });
    }
  }
  return differences.sort((left, right) => compareOrdinal(left.path, right.path));
}

/**
 * Makes a folder hold the files: writes those that are missing or different, removes generated ones that are no longer
 * among them, touches nothing else. Returns what it changed.
 */
export async function writeFiles(folder: string, files: readonly GeneratedFile[]): Promise<Difference[]> {
  const differences = await compareFiles(folder, files);
  const contents = new Map(files.map(file => [file.path, file.content]));
  for (const { path: changed } of differences) {
    const target = path.join(folder, changed);
    const content = contents.get(changed);
    if (content === undefined) {
      await rm(target);
    } else {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  }
  return differences;
}

const generatedExtensions = new Set(['.psm1', '.psd1', '.ps1xml', '.xml', '.ts']);

/** Files under the folder that say, in their first lines, that they were generated. */
async function generatedFilesIn(folder: string): Promise<string[]> {
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
