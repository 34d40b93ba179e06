import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of an installed package as Node.js finds it from a file or a folder on: in the nearest node_modules above
 * that has it. Links are followed, as Node.js does. (`findPackageJSON` of `node:module` is in Node.js 22.14 or later.)
 */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', ...name.split('/'));
    if (existsSync(path.join(found, 'package.json'))) return realpathSync(found);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The folder of the package that a file is part of: the folder in a node_modules, or the nearest with a package.json. */
export function packageFolder(file: string): string | undefined {
  const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file) ?? [];
  if (folder !== undefined) return folder;
  for (let above = path.dirname(file); ; above = path.dirname(above)) {
    if (existsSync(path.join(above, 'package.json'))) return above;
    if (above === path.dirname(above)) return undefined;
  }
}

/** The name by which a package in a node_modules is asked for: the last two parts of the path of a scoped one. */
export function packageName(folder: string): string {
  return folder
    .split(path.sep)
    .slice(path.basename(path.dirname(folder)).startsWith('@') ? -2 : -1)
    .join('/');
}
