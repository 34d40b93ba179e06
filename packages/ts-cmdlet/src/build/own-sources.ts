import path from 'node:path';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';

// This package's own sources that become part of every module. They are TypeScript in a clone, JavaScript in the package.

const sources = path.join(import.meta.dirname, '..');

/** The extension of this package's scripts: `.ts` in a clone, `.js` in the package. */
export const SCRIPT_EXTENSION = path.extname(import.meta.filename);

/** The folder of the host: the PowerShell of every module. */
export const hostFolder = path.join(sources, 'host');

/** The host's assembly, compiled. A clone has it where the package has it. */
export const hostAssembly = path.join(sources, '..', 'dist', 'host', 'TsCmdlet.Host.dll');

/** The folder of the runtime: the library of every module's core. */
export const runtimeFolder = path.join(sources, 'runtime');

/** A script of this package by its full path, such as `ownScript('runtime', 'serve-core')`. */
export function ownScript(folder: 'runtime' | 'schema', name: string): string {
  return path.join(sources, folder, `${name}${SCRIPT_EXTENSION}`);
}

/** What esbuild needs to find the runtime for a module's imports: this one, whatever is installed beside the module. */
export const RUNTIME_ALIAS: Readonly<Record<string, string>> = {
  [RUNTIME_PACKAGE]: ownScript('runtime', 'index'),
  [`${RUNTIME_PACKAGE}/fetch`]: ownScript('runtime', 'network-fetch'),
};

/** Whether a script is one of this package's own, which are in every bundle. */
export function isOwnSource(file: string): boolean {
  return file.startsWith(`${sources}${path.sep}`);
}
