import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCore } from '../../src/build/bundle-core.ts';
import { NOTICES_FILE } from '../../src/build/third-party-notices.ts';

let folder: string;
let notices: string;

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "the-module", "version": "1.0.0" }',
  LICENSE: "The module's own license.",
  'main.ts': `import { used } from 'used';
import { unused } from 'unused';
import { part } from '@scope/part/deep/index.js';
export const all = [used, part];`,
  'node_modules/used/package.json': '{ "name": "used", "version": "1.2.3", "license": "MIT", "main": "index.js" }',
  'node_modules/used/index.js': 'exports.used = 1;',
  'node_modules/used/LICENSE': 'The license of used,\r\nin two lines.\r\n',
  'node_modules/used/NOTICE.md': 'A notice of used.',
  'node_modules/unused/package.json':
    '{ "name": "unused", "version": "1.0.0", "type": "module", "sideEffects": false }',
  'node_modules/unused/index.js': 'export const unused = 1;',
  'node_modules/unused/LICENSE': 'The license of unused.',
  'node_modules/@scope/part/package.json': '{ "name": "@scope/part", "version": "0.1.0", "license": "ISC" }',
  'node_modules/@scope/part/deep/package.json': '{ "type": "module" }',
  'node_modules/@scope/part/deep/index.js': 'export const part = Math.random();',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'notices-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  const { files: bundled } = await bundleCore(path.join(folder, 'main.ts'), path.join(folder, 'core'));
  const file = bundled.find(({ file: name }) => name === path.join(folder, 'core', NOTICES_FILE));
  notices = String(file?.content);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a package in the bundle has its notice: name, version, license, and the texts of its license files', () => {
  expect(notices).toContain('\nused 1.2.3 (MIT)\n\nThe license of used,\nin two lines.\n\nA notice of used.\n');
});

test('the package of a file is the nearest one with a name, and a package without a license file is named', () => {
  expect(notices).toContain('\n@scope/part 0.1.0 (ISC)\n\nThe package has no license file.\n');
});

test('a package without code in the bundle has no notice, nor has the module itself', () => {
  expect(notices).not.toContain('unused');
  expect(notices).not.toContain('the-module');
});

test('ts-cmdlet and ajv, whose code is in every core, have theirs', () => {
  expect(notices).toMatch(/^ts-cmdlet \d+\.\d+\.\d+ \(MIT\)\n\n(.|\n)*?Copyright/m);
  expect(notices).toMatch(/^ajv \d+\.\d+\.\d+ \(MIT\)\n\n(.|\n)*?Evgeny Poberezkin/m);
});
