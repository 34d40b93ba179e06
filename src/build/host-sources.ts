import path from 'node:path';

// This package's own host, which becomes part of every module. It is TypeScript in a clone, JavaScript in the package.

/** The extension of this package's scripts: `.ts` in a clone, `.js` in the package. */
export const SCRIPT_EXTENSION = path.extname(import.meta.filename);

/** What a module's author imports the host by. */
export const HOST_PACKAGE = 'ts-cmdlet';

/** A script of the host by its full path, such as `hostScript('serve-core')`. */
export function hostScript(name: string): string {
  return path.join(hostFolder, `${name}${SCRIPT_EXTENSION}`);
}

/** The folder of the host's scripts and of its PowerShell. */
export const hostFolder = path.join(import.meta.dirname, '..', 'host');

/** What esbuild needs to find the host for a module's imports: this one, whatever is installed beside the module. */
export const HOST_ALIAS: Readonly<Record<string, string>> = { [HOST_PACKAGE]: hostScript('index') };
