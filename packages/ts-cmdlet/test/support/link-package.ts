import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/** Links this package into a folder's node_modules, as `npm install` of a module does. */
export async function linkPackage(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'node_modules'));
  await symlink(path.join(import.meta.dirname, '..', '..'), path.join(folder, 'node_modules', 'ts-cmdlet'), 'junction');
}
