import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { Type } from 'typebox';
import { compareOrdinal } from '../generate/generated-file.ts';
import { parserOf } from '../schema/parser.ts';

/** The file beside a core that has the notices. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';

const parseManifest = parserOf(
  Type.Object({
    name: Type.Optional(Type.String()),
    version: Type.Optional(Type.String()),
    license: Type.Optional(Type.Unknown()),
  }),
);

/** A package as its notice names it. */
interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Its SPDX expression, where package.json has one. */
  readonly license: string;
}

/**
 * Writes the notices that the licenses of bundled packages ask for: of each package that has code in a bundle, its name,
 * version, license, and the whole text of its license and notice files, in the order of the names.
 * @param metafile what esbuild says of the bundle; its paths start at `folder`.
 * @param own a folder of the module itself, whose package is not somebody else's.
 * @param others folders of packages whose code came into the bundle by another way.
 */
export async function thirdPartyNotices(
  metafile: Metafile,
  folder: string,
  own: string,
  others: readonly string[],
): Promise<string> {
  const inputs = Object.values(metafile.outputs).flatMap(output => Object.entries(output.inputs));
  const used = inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [path.resolve(folder, file)] : []));
  // What a plugin provides is no file.
  const files = used.filter(existsSync);
  const folders = new Set([...files.map(file => path.dirname(file)), ...others]);
  const packages = new Map<string, BundledPackage>();
  const ownPackage = await packageOf(own);
  for (const each of folders) {
    const found = await packageOf(each);
    if (found !== undefined && found.folder !== ownPackage?.folder)
      packages.set(`${found.name}@${found.version}`, found);
  }
  const sorted = [...packages].sort(([left], [right]) => compareOrdinal(left, right));
  const notices = await Promise.all(sorted.map(([, each]) => notice(each)));
  return [`The core of this module contains code of these packages.\n`, ...notices].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The package that a folder is in. A package.json without a name says only what kind of scripts stand below it. */
async function packageOf(start: string): Promise<BundledPackage | undefined> {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version = '', license } = parseManifest(JSON.parse(await readFile(file, 'utf8')));
      if (name !== undefined) return { folder, name, version, license: typeof license === 'string' ? license : '' };
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

async function notice({ folder, name, version, license }: BundledPackage): Promise<string> {
  const title = `${name} ${version}${license === '' ? '' : ` (${license})`}\n`;
  const names = (await readdir(folder))
    .filter(file => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file))
    .sort(compareOrdinal);
  const texts = await Promise.all(names.map(file => readFile(path.join(folder, file), 'utf8')));
  if (texts.length === 0) texts.push('The package has no license file.');
  return [title, ...texts.map(text => `${text.replaceAll('\r\n', '\n').trim()}\n`)].join('\n');
}
