import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Type } from 'typebox';
import { parserOf } from '../schema/parser.ts';

/** The folder of this package. */
export const packageRoot = path.join(import.meta.dirname, '..', '..');

const parseManifest = parserOf(Type.Object({ version: Type.String() }));

/** The version in the package.json of a folder, by default this package's own. */
export function packageVersion(folder = packageRoot): string {
  return parseManifest(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).version;
}
