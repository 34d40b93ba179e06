import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Type } from 'typebox';
import { parserOf } from '../schema/parser.ts';
import { findPackage } from './find-package.ts';

const Names = Type.Optional(Type.Record(Type.String(), Type.Unknown()));
const parseManifest = parserOf(
  Type.Object({
    dependencies: Names,
    optionalDependencies: Names,
    peerDependencies: Names,
    peerDependenciesMeta: Type.Optional(
      Type.Record(Type.String(), Type.Object({ optional: Type.Optional(Type.Boolean()) })),
    ),
  }),
);

/** A package that a module needs beside its core and that is not installed. */
export class PackageMissingError extends Error {
  constructor(name: string, dependent?: string) {
    super(`The package ${name}${dependent === undefined ? '' : `, which ${dependent} needs,`} is not installed`);
    this.name = 'PackageMissingError';
  }
}

/** An installed package, and the place that it gets. */
export interface PlacedPackage {
  readonly name: string;
  /** Where it is installed. */
  readonly folder: string;
  /** Where it goes: the names of the packages that it is inside of, and its own, from the outermost on. */
  readonly place: readonly string[];
}

/**
 * Places packages and all that they depend on, in the versions that are installed for each: as npm does, beside one another,
 * and inside of the package that needs it where another version has the name already. An optional dependency goes along
 * where it is installed, which npm does for this platform alone; types have nothing to run. `from` is the folder that the
 * packages are found from. Throws `PackageMissingError`.
 */
export async function packageClosure(packages: readonly string[], from: string): Promise<PlacedPackage[]> {
  const placed = new Map<string, PlacedPackage>();
  const waiting: { name: string; from: string; inside: readonly string[]; dependent?: string; isOptional: boolean }[] =
    packages.map(name => ({ name, from, inside: [], isOptional: false }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { name, from, inside, dependent, isOptional } = next;
    const folder = findPackage(name, from);
    if (folder === undefined) {
      if (isOptional) continue;
      throw new PackageMissingError(name, dependent);
    }
    const seen = visibleAt(placed, inside, name);
    if (seen?.folder === folder) continue;
    // As far out as nothing in between has the name.
    const place = seen === undefined ? [name] : [...inside, name];
    placed.set(place.join('\0'), { name, folder, place });
    for (const [dependency, optional] of await dependenciesOf(folder)) {
      waiting.push({ name: dependency, from: folder, inside: place, dependent: name, isOptional: optional });
    }
  }
  return [...placed.values()];
}

/** The package that Node.js finds by a name from inside of packages. */
function visibleAt(
  placed: ReadonlyMap<string, PlacedPackage>,
  inside: readonly string[],
  name: string,
): PlacedPackage | undefined {
  for (let depth = inside.length; depth >= 0; depth -= 1) {
    const found = placed.get([...inside.slice(0, depth), name].join('\0'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The packages that a package asks for, and whether it does without. */
async function dependenciesOf(folder: string): Promise<[name: string, isOptional: boolean][]> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = parseManifest(JSON.parse(text));
  const peers = Object.keys(peerDependencies).filter(name => peerDependenciesMeta[name]?.optional !== true);
  const names = new Map([...Object.keys(dependencies), ...peers].map(name => [name, false]));
  for (const name of Object.keys(optionalDependencies)) names.set(name, true);
  return [...names].filter(([name]) => !name.startsWith('@types/'));
}
