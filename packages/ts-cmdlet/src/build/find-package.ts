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
