import path from 'node:path';
import type { OutputFile } from 'esbuild';

/**
 * A map of one place at the end of a source, from which esbuild takes that place alone
 * (https://esbuild.github.io/api/#source-maps). Packages are most of a core, and their places are no place of the author's.
 */
export const NO_PLACES = `\n//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"sources":[""],"mappings":"AAAA"}')}`;

/** Whether a source is a package's, and not of the project or of a package that is linked into it. */
export function isPackageSource(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}

/** A script that names its map, which is in it: from there esbuild takes the places when it bundles the script again. */
export function withMap(script: string, map: Uint8Array | undefined): string {
  if (map === undefined) return script;
  return `${script}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
}

/**
 * The files of a bundle without the maps that name no file of the author's: those of scripts that have packages and what
 * the build itself made alone.
 */
export function withoutVainMaps(files: readonly OutputFile[], isOwn: (file: string) => boolean): OutputFile[] {
  return files.filter(file => !file.path.endsWith('.map') || sourcesOf(file).some(isOwn));
}

/** The files that a map names. What a plugin made has a namespace in place of a path. */
function sourcesOf(map: OutputFile): string[] {
  const { sources }: { sources: string[] } = JSON.parse(map.text);
  return sources.filter(source => !/^[\w-]+:/.test(source)).map(source => path.resolve(path.dirname(map.path), source));
}
