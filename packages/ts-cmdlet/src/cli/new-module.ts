import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type FileContent, replaceFiles, systemReason } from '../generate/replace-files.ts';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';
import { shownPath } from './module-project.ts';
import { packageRoot } from './package-manifest.ts';
import { packageSource } from './package-source.ts';
import { UsageError } from './usage-error.ts';

const templateFolder = path.join(import.meta.dirname, 'template');
const suffix = '.template';

/** A module to start from that was written. */
export interface CreatedModule {
  /** The files, as shown. */
  readonly files: readonly string[];
  /** Why this package could not be linked into its node_modules, where that is so: then `npm install` must bring it. */
  readonly whyNotLinked?: string;
}

/**
 * Writes a module to start from into an empty folder, and links this package into its node_modules as `npm install` would.
 * Throws `WriteError` when there is no room for the files, and writes none.
 */
export async function createModule(name: string, folder: string): Promise<CreatedModule> {
  if (!/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(name)) {
    throw new UsageError(`'${name}' is no name for a module: expected letters and digits, with dots in between.`);
  }
  const present = existsSync(folder) ? (await readdir(folder)).filter(entry => entry !== '.git') : [];
  if (present.length > 0) throw new UsageError(`${shownPath(folder)} is not empty: name another folder.`);
  const values = await templateValues(name, folder);
  const entries = await readdir(templateFolder, { recursive: true, withFileTypes: true });
  const files: FileContent[] = [];
  for (const entry of entries.filter(item => item.isFile() && item.name.endsWith(suffix))) {
    const source = path.join(entry.parentPath, entry.name);
    const target = path.join(folder, fill(targetName(path.relative(templateFolder, source)), values));
    files.push({ file: target, content: fill(await readFile(source, 'utf8'), values) });
  }
  await replaceFiles(files);
  const whyNotLinked = await linkPackage(path.join(folder, 'node_modules'));
  return {
    files: files.map(({ file }) => shownPath(file)).sort(),
    ...(whyNotLinked !== undefined && { whyNotLinked }),
  };
}

/** Gives the reason where the file system refuses, as a volume of FAT does, which has no links. */
async function linkPackage(modules: string): Promise<string | undefined> {
  try {
    await mkdir(modules);
    // A junction, which Windows lets anyone make; elsewhere it is a symbolic link.
    await symlink(packageRoot, path.join(modules, RUNTIME_PACKAGE), 'junction');
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    await rm(modules, { recursive: true, force: true });
    return systemReason(error);
  }
}

/** npm would leave a file named .gitignore out of a package, and git would heed either file among the templates. */
function targetName(template: string): string {
  const name = template.slice(0, -suffix.length);
  return name.startsWith('git') ? `.${name}` : name;
}

async function templateValues(name: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const noun = name.replaceAll('.', '');
  const now = new Date().toISOString();
  return new Map([
    ['name', name],
    ['noun', noun.slice(0, 1).toUpperCase() + noun.slice(1)],
    ['packageName', name.toLowerCase()],
    ['guid', randomUUID()],
    ['date', `${now.slice(5, 7)}/${now.slice(8, 10)}/${now.slice(0, 4)}`],
    ['package', await packageSource(folder)],
  ]);
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name) => values.get(name) ?? placeholder);
}
