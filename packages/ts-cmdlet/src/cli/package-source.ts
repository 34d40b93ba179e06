import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { RUNTIME_PACKAGE } from '../generate/runtime-package.ts';
import { parserOf } from '../schema/parser.ts';
import { packageRoot, packageVersion } from './package-manifest.ts';

/** What npm notes in a node_modules folder of where each package is from (package-lock.json, lockfile version 3). */
const parseInstalled = parserOf(
  Type.Object({
    packages: Type.Record(Type.String(), Type.Object({ resolved: Type.Optional(Type.String()) })),
  }),
);

/**
 * What the package.json of a module in `folder` writes for this package, so that `npm install` gets the same there: the
 * clone or the tarball that this one comes from, or its version where it comes from a registry.
 */
export async function packageSource(folder: string): Promise<string> {
  const modules = path.dirname(packageRoot);
  if (path.basename(modules) !== 'node_modules') return fileSpecifier(folder, packageRoot);
  const tarball = await installedFrom(modules);
  return tarball === undefined ? `^${packageVersion()}` : fileSpecifier(folder, tarball);
}

/** The file that npm installed this package from, where it did so and the file is still there. */
async function installedFrom(modules: string): Promise<string | undefined> {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return undefined;
  const { packages } = parseInstalled(JSON.parse(await readFile(record, 'utf8')));
  const { resolved = '' } = packages[`node_modules/${RUNTIME_PACKAGE}`] ?? {};
  if (!resolved.startsWith('file:')) return undefined;
  const file = path.resolve(path.dirname(modules), resolved.slice('file:'.length));
  return existsSync(file) ? file : undefined;
}

function fileSpecifier(folder: string, target: string): string {
  return `file:${path.relative(folder, target).replaceAll(path.sep, '/')}`;
}
