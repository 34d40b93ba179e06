import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CLI_CODES } from '../../src/cli/findings.ts';
import { ModuleSettings } from '../../src/generate/module-settings.ts';
import { SCALAR_TYPES } from '../../src/host/values.ts';

// docs/authoring.md says what is so: its snippets are those of the example, which is built and run by tests of its own.

const project = path.join(import.meta.dirname, '..', '..');
let guide: string;

beforeAll(async () => {
  guide = await readFile(path.join(project, 'docs', 'authoring.md'), 'utf8');
});

test('every snippet of code is in the file that it is said to be from', async () => {
  const snippets = [...guide.matchAll(/<!-- from (\S+) -->\n```\w+\n(.*?)```/gs)];
  // None is left out by a slip in its form: all TypeScript comes from a file.
  expect(snippets.length).toBeGreaterThanOrEqual([...guide.matchAll(/```ts\n/g)].length);
  for (const [, file = '', code = ''] of snippets) {
    expect(await readFile(path.join(project, file), 'utf8'), file).toContain(code);
  }
});

test('the tables name every setting, every code of the command, and every type that crosses as text', () => {
  const cells = new Set([...guide.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => cell.split(', ')));
  const names = new Set([...cells].map(cell => cell.replaceAll('`', '')));
  for (const name of Object.keys(ModuleSettings.properties)) expect(names).toContain(name);
  for (const code of Object.keys(CLI_CODES)) expect(names).toContain(code);
  for (const type of Object.keys(SCALAR_TYPES)) expect(names).toContain(type);
});
