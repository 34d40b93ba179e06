import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { retryWhileBusy } from '../files/retry-while-busy.ts';
import { writing } from '../generate/replace-files.ts';
import { findPackage } from './find-package.ts';

const PackageManifest = Type.Object({
  optionalDependencies: Type.Optional(Type.Record(Type.String(), Type.String())),
});

/** A package that a module needs beside its core and that is not installed. */
export class PackageMissingError extends Error {
  constructor(name: string) {
    super(`The package ${name} is not installed`);
    this.name = 'PackageMissingError';
  }
}

/**
 * Copies packages that cannot be bundled, because they are compiled, to `node_modules` beside the core: each one with
 * those of its packages for single platforms that are installed here. They come from where `entry`, a file, finds them.
 * Packages of an earlier build that are not among them are removed. Throws `PackageMissingError` and `WriteError`.
 */
export async function copyPackages(packages: readonly string[], entry: string, coreFolder: string): Promise<void> {
  const copied = new Set<string>();
  for (const name of packages) {
    const folder = findPackage(name, path.dirname(entry));
    if (folder === undefined) throw new PackageMissingError(name);
    const manifest = Value.Parse(
      PackageManifest,
      JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
    );
    await copyPackage(folder, name, coreFolder);
    copied.add(name);
    for (const platformName of Object.keys(manifest.optionalDependencies ?? {})) {
      const platformFolder = findPackage(platformName, folder);
      // npm installs those of this platform alone.
      if (platformFolder === undefined) continue;
      await copyPackage(platformFolder, platformName, coreFolder);
      copied.add(platformName);
    }
  }
  await removeOthers(path.join(coreFolder, 'node_modules'), copied);
}

async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  if (wanted.size === 0) return remove(folder);
  for (const name of await readdir(folder)) {
    const names = name.startsWith('@')
      ? (await readdir(path.join(folder, name))).map(each => `${name}/${each}`)
      : [name];
    const others = names.filter(each => !wanted.has(each));
    await Promise.all(others.map(each => remove(path.join(folder, ...each.split('/')))));
  }
}

/**
 * Leaves a copy of the same version as it is: a running core may have it open. Another one takes its place when it is
 * complete.
 */
async function copyPackage(folder: string, name: string, coreFolder: string): Promise<void> {
  const target = path.join(coreFolder, 'node_modules', ...name.split('/'));
  const copied = await readFile(path.join(target, 'package.json'), 'utf8').catch(() => undefined);
  if (copied === (await readFile(path.join(folder, 'package.json'), 'utf8'))) return;
  const copy = path.join(coreFolder, 'node_modules', '.copy');
  const replaced = path.join(coreFolder, 'node_modules', '.replaced');
  await writing(target, async () => {
    try {
      await cp(folder, copy, { recursive: true });
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
