import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildPaths } from '../build/build-module.ts';
import { findPackage } from '../build/find-package.ts';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';
import { COMMAND_NAME } from './command-name.ts';
import { packageRoot, packageVersion } from './package-manifest.ts';
import { UsageError } from './usage-error.ts';

/** Where a module's sources are; the folders are full paths. */
export type ModuleProject = BuildPaths;

/** The folders that an author can name; those left out are where `new` puts them. Relative ones start at the root. */
export interface ProjectFolders {
  readonly root: string;
  readonly source?: string | undefined;
  readonly helpFolder?: string | undefined;
  readonly out?: string | undefined;
}

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
  checkRuntime(sources);
  return places;
}

/** A path as a person reads it: from the current folder where it is below, with forward slashes. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isBelow ? relative || '.' : file).replaceAll(path.sep, '/');
}

/**
 * The runtime that handlers import must be installed for them, in the version of this command, because the core gets this
 * command's. Sources inside of this package have it.
 */
function checkRuntime(sources: string): void {
  const installed = findPackage(RUNTIME_PACKAGE, sources);
  if (installed === undefined && !isIn(packageRoot, sources)) {
    throw new UsageError(
      `The package ${RUNTIME_PACKAGE} is not installed for ${shownPath(sources)}. Run npm install there; ` +
        `its package.json names ${RUNTIME_PACKAGE} among the devDependencies.`,
    );
  }
  const version = installed === undefined ? packageVersion() : packageVersion(installed);
  if (version !== packageVersion()) {
    throw new UsageError(
      `${shownPath(sources)} has ${RUNTIME_PACKAGE} ${version} installed, and this is ${packageVersion()}. ` +
        `Run the one that is installed: npx ${COMMAND_NAME}.`,
    );
  }
}

function isIn(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
