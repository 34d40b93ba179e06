import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { startShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { beforeAll, expect, test } from 'vitest';
import { CLI_CODES } from '../../src/cli/findings.ts';
import { ModuleSettings } from '../../src/generate/module-settings.ts';
import { SCALAR_TYPES } from '../../src/schema/scalar-types.ts';
import { newSample, runCommand } from '../cli/command.ts';

// docs/authoring.md says what is so: its snippets are those of the example, which is built and run by tests of its own,
// or are files that a reader writes, as is done here.

const project = path.join(import.meta.dirname, '..', '..');
let guide: string;

beforeAll(async () => {
  guide = await readFile(path.join(project, 'docs', 'authoring.md'), 'utf8');
});

const snippets = () => [...guide.matchAll(/<!-- (from|write) (\S+) -->\n(`{3,})\w+\n(.*?)\n\3$/gms)];

test('every snippet of code is in the file that it is said to be from, or is a file to write', async () => {
  // None is left out by a slip in its form: all TypeScript comes from a file.
  expect(snippets().length).toBeGreaterThanOrEqual([...guide.matchAll(/```ts\n/g)].length);
  for (const [, what, file = '', , code = ''] of snippets()) {
    if (what === 'from') expect(await readFile(path.join(project, file), 'utf8'), file).toContain(code);
  }
});

test('links lead to headings and files that there are', async () => {
  const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const [, target = ''] of guide.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(target);
});

test('the tables name every setting, every code of the command, and every type that crosses as text', () => {
  const cells = new Set([...guide.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => cell.split(', ')));
  const names = new Set([...cells].map(cell => cell.replaceAll('`', '')));
  for (const name of Object.keys(ModuleSettings.properties)) expect(names).toContain(name);
  for (const code of Object.keys(CLI_CODES)) expect(names).toContain(code);
  for (const type of Object.keys(SCALAR_TYPES)) expect(names).toContain(type);
});

test('who follows the guide has a second cmdlet', async () => {
  await using sample = await newSample('Contoso.Tools');
  for (const [, what, file = '', , code = ''] of snippets()) {
    if (what !== 'write') continue;
    await mkdir(path.dirname(sample.file(file)), { recursive: true });
    await writeFile(sample.file(file), `${code}\n`);
  }
  expect(await runCommand(['build', 'Contoso.Tools'], sample.cwd)).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Built Contoso\.Tools\/module\/Contoso\.Tools: \d+ generated files changed\.\n$/),
    stderr: '',
  });
  expect(await runCommand(['check', 'Contoso.Tools', '--strict'], sample.cwd)).toMatchObject({ code: 0, stderr: '' });
  const use = `import { reportsLike } from './Contoso.Tools/reports.ts';
    const reports = ['Sales-1', 'sales-2', 'other'].map((name, day) => ({ name, created: \`2024-05-0\${day + 1}\`, seconds: 90.5 }));
    console.log(JSON.stringify(reportsLike(reports, 'SALES-[0-9]', { $type: 'System.DateTime', value: '2024-05-01T12:00:00Z' })));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', use], {
    cwd: sample.cwd,
  });
  expect(JSON.parse(stdout)).toMatchObject([
    {
      properties: {
        Name: 'sales-2',
        Created: { value: '2024-05-02T00:00:00.000+00:00' },
        Duration: { value: '00:01:30.5000000' },
      },
    },
  ]);
  await using shell = await startShell(sample.file('module/Contoso.Tools/Contoso.Tools.psd1'));
  const script = `'one two', 'three' | Measure-ContosoWord -MinimumLength 4; 'one two', 'three' | Measure-ContosoWord
    (Get-Help Measure-ContosoWord).Synopsis; (Get-ContosoToolsGreeting Ada).Text`;
  expect(await shell.run(Type.Unknown(), script)).toEqual([1, 3, 'Counts the words of texts.', 'Hello, Ada!']);
});
