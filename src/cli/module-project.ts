import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildPaths } from '../build/build-module.ts';
import { COMMAND_NAME } from './command-name.ts';
import { UsageError } from './usage-error.ts';

/** Where a module's sources are; the folders are full paths. */
export interface ModuleProject extends BuildPaths {
  /** The folder that everything is in, with package.json and node_modules. */
  readonly root: string;
}

/** The folders that an author can name; those left out are where `new` puts them. Relative ones start at the root. */
export interface ProjectFolders {
  readonly root: string;
  readonly source?: string | undefined;
  readonly helpFolder?: string | undefined;
  readonly out?: string | undefined;
}

/** This package: its host is part of every module. */
export const packageRoot = path.join(import.meta.dirname, '..', '..');

/** Finds a module's files; throws a `UsageError` where something that a build starts from is not there. */
export function findModuleProject({
  root,
  source = '.',
  helpFolder = 'help',
  out = 'module',
}: ProjectFolders): ModuleProject {
  const full = path.resolve(root);
  const sources = path.resolve(full, source);
  const places = {
    root: full,
    help: path.resolve(full, helpFolder),
    settings: path.join(sources, 'module.json'),
    entry: path.join(sources, 'main.ts'),
    types: path.join(sources, 'generated'),
    modules: path.resolve(full, out),
  };
  const needed = [
    [places.settings, 'the settings of the module', '--source'],
    [places.entry, 'the entry of its core', '--source'],
    [places.help, 'the folder of its Markdown help', '--help-folder'],
  ] as const;
  for (const [file, what, option] of needed) {
    if (existsSync(file)) continue;
    const start = `Name another place by ${option}, or start a module by '${COMMAND_NAME} new'.`;
    throw new UsageError(`${shownPath(file)} does not exist: ${what}. ${start}`);
  }
  return { ...places, host: findHost(sources) };
}

/** A path as a person reads it: from the current folder where it is below, with forward slashes. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isBelow ? relative || '.' : file).replaceAll(path.sep, '/');
}

/** The host's sources by the way on which the module's own files import them, so that no full path gets into one. */
function findHost(sources: string): string {
  for (let folder = sources; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const installed = path.join(folder, 'node_modules', COMMAND_NAME, 'src', 'host');
    if (existsSync(installed)) return installed;
  }
  const isOwn =
    !path.relative(packageRoot, sources).startsWith('..') && !path.isAbsolute(path.relative(packageRoot, sources));
  if (isOwn) return path.join(packageRoot, 'src', 'host');
  throw new UsageError(
    `The package ${COMMAND_NAME} is not installed for ${shownPath(sources)}. Run npm install there; ` +
      `its package.json names ${COMMAND_NAME} among the devDependencies.`,
  );
}
