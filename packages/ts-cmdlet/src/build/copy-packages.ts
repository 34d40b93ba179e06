import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { writing } from '../generate/replace-files.ts';
import { packageClosure } from './package-closure.ts';

/**
 * Copies packages that cannot be bundled to `node_modules` beside the core, with all that they depend on. They come from
 * where `entry`, a file, finds them. Throws `PackageMissingError` and `WriteError`. What an earlier build copied stays,
 * until `removeOtherPackages` is called with the folders that this returns.
 */
export async function copyPackages(
  packages: readonly string[],
  entry: string,
  coreFolder: string,
): Promise<ReadonlySet<string>> {
  const copied = new Set<string>();
  for (const { folder, place } of await packageClosure(packages, path.dirname(entry))) {
    const target = path.join(coreFolder, ...place.flatMap(name => ['node_modules', ...name.split('/')]));
    await copyPackage(folder, target, coreFolder);
    copied.add(target);
  }
  return copied;
}

/** Removes the packages of an earlier build beside the core: those that are not among the folders. */
export async function removeOtherPackages(coreFolder: string, wanted: ReadonlySet<string>): Promise<void> {
  await removeOthers(path.join(coreFolder, 'node_modules'), wanted);
}

async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  const isWanted = [...wanted].some(each => each.startsWith(`${folder}${path.sep}`));
  if (!isWanted) return remove(folder);
  for (const name of await readdir(folder)) {
    const names = name.startsWith('@')
      ? (await readdir(path.join(folder, name))).map(each => path.join(name, each))
      : [name];
    for (const each of names.map(item => path.join(folder, item))) {
      if (!wanted.has(each)) await remove(each);
      else await removeOthers(path.join(each, 'node_modules'), wanted);
    }
  }
}

/**
 * Leaves a copy of the same version as it is: a running core may have it open. Another one takes its place when it is
 * complete. What npm has installed inside of a package is a package of its own.
 */
async function copyPackage(folder: string, target: string, coreFolder: string): Promise<void> {
  const copied = await readFile(path.join(target, 'package.json'), 'utf8').catch(() => undefined);
  if (copied === (await readFile(path.join(folder, 'package.json'), 'utf8'))) return;
  const copy = path.join(coreFolder, 'node_modules', '.copy');
  const replaced = path.join(coreFolder, 'node_modules', '.replaced');
  const inside = path.join(folder, 'node_modules');
  await writing(target, async () => {
    try {
      await cp(folder, copy, { recursive: true, filter: source => source !== inside });
      await mkdir(path.dirname(target), { recursive: true });
      if (copied !== undefined) await move(target, replaced);
      await move(copy, target).catch(async (error: unknown) => {
        if (copied !== undefined) await move(replaced, target);
        throw error;
      });
    } finally {
      for (const temporary of [copy, replaced]) await remove(temporary);
    }
  });
}

function move(from: string, to: string): Promise<void> {
  return retryWhileBusy(() => rename(from, to));
}

function remove(folder: string): Promise<void> {
  return retryWhileBusy(() => rm(folder, { recursive: true, force: true }));
}
