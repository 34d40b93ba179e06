import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { readModuleHelp } from '../generate/module-help.ts';
import { prepareCommands } from '../generate/prepare-commands.ts';
import { type FileContent, replaceFiles, systemReason } from '../generate/replace-files.ts';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';
import { handlerStubs, type SourceFile } from './handler-stubs.ts';
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
 * With help `from` a folder it has that help, and a stub for each of its cmdlets, in place of the sample.
 * Throws `WriteError` when there is no room for the files, and writes none.
 */
export async function createModule(name: string, folder: string, from?: string): Promise<CreatedModule> {
  if (!/^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/.test(name)) {
    throw new UsageError(
      `'${name}' is no name for a module: expected letters and digits, with dots, hyphens or underscores in between.`,
    );
  }
  const help = from === undefined ? undefined : path.resolve(from);
  const hasOwnHelp = help === path.join(folder, 'help');
  const ignored = ['.git', ...(hasOwnHelp ? ['help'] : [])];
  const present = existsSync(folder) ? (await readdir(folder)).filter(entry => !ignored.includes(entry)) : [];
  if (present.length > 0) throw new UsageError(`${shownPath(folder)} is not empty: name another folder.`);
  const values = await templateValues(name, folder);
  const entries = await readdir(templateFolder, { recursive: true, withFileTypes: true });
  const files: FileContent[] = [];
  for (const entry of entries.filter(item => item.isFile() && item.name.endsWith(suffix))) {
    const source = path.join(entry.parentPath, entry.name);
    const template = path.relative(templateFolder, source);
    if (help !== undefined && OF_THE_SAMPLE.test(template)) continue;
    const target = path.join(folder, fill(targetName(template), values));
    files.push({ file: target, content: fill(await readFile(source, 'utf8'), values) });
  }
  if (help !== undefined) {
    const made = await filesFromHelp(name, help, values);
    files.push(...made.map(file => ({ file: path.join(folder, file.path), content: file.content })));
  }
  await replaceFiles(files);
  if (help !== undefined && !hasOwnHelp) {
    const isHelp = (source: string) => existsSync(source) && (statSync(source).isDirectory() || /\.md$/i.test(source));
    await cp(help, path.join(folder, 'help'), { recursive: true, filter: isHelp });
  }
  const whyNotLinked = await linkPackage(path.join(folder, 'node_modules'));
  return {
    files: files.map(({ file }) => shownPath(file)).sort(),
    ...(whyNotLinked !== undefined && { whyNotLinked }),
  };
}

const OF_THE_SAMPLE = /^(?:help|main\.ts|get-greeting\.ts|module\.json)/;

/** The settings, the entry and the stubs for the cmdlets of a folder of help. Throws a `UsageError` where there are none. */
async function filesFromHelp(name: string, help: string, values: ReadonlyMap<string, string>): Promise<SourceFile[]> {
  if (!existsSync(help)) throw new UsageError(`${shownPath(help)} does not exist: name a folder of PlatyPS help.`);
  const { helps, pages } = await readModuleHelp(help);
  const [first] = helps;
  if (first === undefined) throw new UsageError(`${shownPath(help)} has no help page of a command that can be read.`);
  if (!helps.some(({ moduleName }) => moduleName.toLowerCase() === name.toLowerCase())) {
    throw new UsageError(`The help in ${shownPath(help)} is of the module ${first.moduleName}, and not of ${name}.`);
  }
  const page = pages.modulePages?.find(({ moduleName }) => moduleName.toLowerCase() === name.toLowerCase());
  const settings = {
    name,
    version: '0.1.0',
    guid: page?.moduleGuid?.toLowerCase() ?? values.get('guid'),
    author: `The author of ${name}`,
    copyright: `(c) The author of ${name}.`,
    description: `The module ${name}.`,
    powerShellVersion: '7.4',
    views: [],
  };
  const { declared } = prepareCommands(helps);
  return [{ path: 'module.json', content: `${JSON.stringify(settings, undefined, 2)}\n` }, ...handlerStubs(declared)];
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
  const noun = name.replace(/[._-]/g, '');
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
