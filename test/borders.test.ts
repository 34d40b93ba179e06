import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../scripts/own-module.ts';

// docs/architecture.md, as a test: what may depend on what.

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: repository,
  encoding: 'utf8',
})
  .split('\n')
  .filter(file => file !== '' && !file.includes('/generated/'));

/** What each folder of sources may import, beside itself: folders of the same package, and packages of this project. */
const allowed: { readonly [folder: string]: readonly string[] } = {
  'packages/ts-cmdlet/src/help': [],
  'packages/ts-cmdlet/src/files': [],
  'packages/ts-cmdlet/src/generate': [
    'packages/ts-cmdlet/src/files',
    'packages/ts-cmdlet/src/help',
    'packages/ts-cmdlet/src/schema',
  ],
  'packages/ts-cmdlet/src/build': [
    'packages/ts-cmdlet/src/files',
    'packages/ts-cmdlet/src/help',
    'packages/ts-cmdlet/src/generate',
    'packages/ts-cmdlet/src/schema',
    'packages/ts-cmdlet/src/protocol',
  ],
  'packages/ts-cmdlet/src/cli': [
    'packages/ts-cmdlet/src/help',
    'packages/ts-cmdlet/src/generate',
    'packages/ts-cmdlet/src/build',
    'packages/ts-cmdlet/src/schema',
  ],
  'packages/ts-cmdlet/src/schema': [],
  'packages/ts-cmdlet/src/protocol': ['packages/ts-cmdlet/src/schema'],
  'packages/ts-cmdlet/src/runtime': [
    'packages/ts-cmdlet/src/files',
    'packages/ts-cmdlet/src/schema',
    'packages/ts-cmdlet/src/protocol',
  ],
  'packages/ts-cmdlet/examples': ['ts-cmdlet'],
  'packages/powershell-driver/src': [],
  'packages/fake-entra/src': [],
  'src/auth': ['ts-cmdlet'],
  'src/request': ['src/auth', 'ts-cmdlet'],
  'src/cmdlets': ['src/auth', 'src/request', 'src/generated', 'ts-cmdlet'],
  'src/main.ts': ['src/auth', 'src/request', 'src/cmdlets', 'src/generated', 'ts-cmdlet'],
};

/** What a file imports: relative ones as paths from the repository's folder, packages by their name. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(repository, file), 'utf8');
  const specifiers = [
    ...text.matchAll(/^(?:import|export|\}).* from '([^']+)';$|\bimport\('([^']+)'\)|^import '([^']+)';$/gm),
  ];
  return specifiers.map(([, from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? '';
    return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
  });
}

const isIn = (folder: string, file: string) => file === folder || file.startsWith(`${folder}/`);
const ownPackages = ['ts-cmdlet', 'powershell-driver', 'fake-entra'];
const isOwn = (imported: string) =>
  /^(src|packages|test|scripts|bench)\//.test(imported) || ownPackages.some(name => isIn(name, imported));

test.each(Object.entries(allowed))('%s imports only what stands before it', (folder, before) => {
  const sources = files.filter(file => isIn(folder, file));
  expect(sources).not.toEqual([]);
  const wrong = sources.flatMap(file =>
    importsOf(file)
      .filter(imported => isOwn(imported) && ![folder, ...before].some(each => isIn(each, imported)))
      .map(imported => `${file} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

test('each folder of sources has its rule', () => {
  const sources = files.filter(file => /^(src|packages\/[^/]+\/(src|examples))\//.test(file));
  expect(sources.filter(file => !Object.keys(allowed).some(folder => isIn(folder, file)))).toEqual([]);
});

test("the tests of a package import nothing of the product's", () => {
  const wrong = files
    .filter(file => /^packages\/[^/]+\/test\//.test(file))
    .flatMap(file =>
      importsOf(file)
        .filter(imported => /^(src|test|scripts|bench)\//.test(imported))
        .map(imported => `${file} imports ${imported}`),
    );
  expect(wrong).toEqual([]);
});

/** Where ts-cmdlet may name the module that was made with it first: links for those who look for an example. */
const links: readonly string[] = [];

test('ts-cmdlet knows nothing of SecMgmt and of sign-in', () => {
  const found = gitGrep(['-niE', 'secmgmt|entra|msal', '--', 'packages/ts-cmdlet']);
  expect(found.filter(line => !links.some(link => line.startsWith(link)))).toEqual([]);
});

test('nothing points outside of the repository for its reason', () => {
  const found = gitGrep(['-nE', '(^|[^/])sign-in\\.md|issue [0-9]', '--', '*.ts', '*.cs', '*.ps1', '*.md', ':!*test*']);
  expect(found).toEqual([]);
});

/** The lines that `git grep` finds, with file and line. */
function gitGrep(args: readonly string[]): string[] {
  try {
    return execFileSync('git', ['grep', ...args], { cwd: repository, encoding: 'utf8' })
      .trimEnd()
      .split('\n');
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return [];
    throw error;
  }
}
