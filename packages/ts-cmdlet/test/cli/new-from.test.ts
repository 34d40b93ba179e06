import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edited, part, SAMPLE_PAGE } from '../help/sample-page.ts';
import { readReport, runCommand } from './command.ts';

// `ts-cmdlet new --from`: a module of the help that is there, which ends with NotImplemented where no handler is written.

const fence = '```';
const DEFAULT_SET = `### __AllParameterSets (Default)\n${fence}\nSet-Thing [<CommonParameters>]\n${fence}\n\n### ByName`;
const rows = part(SAMPLE_PAGE, 'Type: String[]', '\n\nRequired');
const PAGES = {
  'Get-Thing.md': edited(
    SAMPLE_PAGE,
    ['[-Tag <String[]>]', '[-Tag <String[][]>]'],
    ['[-Tag <String[]>]', '[-Tag <String[][]>]'],
    [rows, 'Type: String[][]\nParameter Sets: (All)\nAliases:'],
  ),
  'Set-Thing.md': edited(
    SAMPLE_PAGE.replaceAll('Get-Thing', 'Set-Thing'),
    ['### ByName (Default)', DEFAULT_SET],
    ['Type: Guid', 'Type: ThingPipeBind'],
    ['<Guid>', '<ThingPipeBind>'],
  ).replaceAll('Parameter Sets: (All)', 'Parameter Sets: ByName, ById'),
  'thing.md': edited(SAMPLE_PAGE.replaceAll('Get-Thing', 'thing'), [
    'schema: 2.0.0',
    'schema: 2.0.0\naliases: [Get-OldThing]',
  ]),
  'README.md': '# The help of Sample\n',
};

let folder: string;
let shell: TestShell;
let found: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ts-cmdlet-from-'));
  await mkdir(path.join(folder, 'pages', 'About'), { recursive: true });
  for (const [name, page] of Object.entries(PAGES)) await writeFile(path.join(folder, 'pages', name), page);
  await writeFile(
    path.join(folder, 'pages', 'About', 'about_Sample.md'),
    '# about_Sample\n\n## SHORT DESCRIPTION\nAbout it.\n\n## LONG DESCRIPTION\nText.\n',
  );
  const { code, stdout } = await runCommand(['new', 'Sample', '--from', 'pages', '--json'], folder);
  expect({ code, found: readReport(stdout).diagnostics.filter(({ severity }) => severity === 'error') }).toEqual({
    code: 0,
    found: [],
  });
  const report = readReport(stdout);
  found = report.diagnostics.map(diagnostic => diagnostic.code);
  // One without a handler at all.
  const entry = path.join(folder, 'Sample', 'main.ts');
  const main = await readFile(entry, 'utf8');
  await writeFile(
    entry,
    main.replace("import { thingCmdlet } from './cmdlets/thing.ts';\n", '').replace("  'thing': thingCmdlet,\n", ''),
  );
  expect((await runCommand(['build', 'Sample'], folder)).stderr).toContain(
    'warning handler-missing: thing has no handler',
  );
  shell = await startShell(path.join(folder, report.module ?? '', 'Sample.psd1'));
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('its project has the help, and a stub for each cmdlet', async () => {
  expect(found.sort()).toEqual(['page-not-help', 'type-not-described']);
  expect((await readdir(path.join(folder, 'Sample', 'cmdlets'))).sort()).toEqual([
    'Get-Thing.ts',
    'Set-Thing.ts',
    'thing.ts',
  ]);
  expect(await readFile(path.join(folder, 'Sample', 'help', 'Get-Thing.md'), 'utf8')).toBe(PAGES['Get-Thing.md']);
});

test.each([
  'Get-Thing One -Tag @("a", "b"), @("c")',
  'Set-Thing',
  'Set-Thing -Id text',
  'Set-Thing -Id 3',
  'Set-Thing -Id ([pscustomobject]@{ Id = 1 })',
  'thing One',
  'Get-OldThing One',
])('%s is bound, and ends with NotImplemented', async call => {
  const script = `try { ${call} } catch { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)"; $_.ErrorDetails.RecommendedAction }`;
  const [id, category, action] = await shell.run(Type.String(), script);
  expect([id?.split(',')[0], category]).toEqual(['NotImplemented', 'NotImplemented']);
  expect(action).toContain('handler');
});

test('each cmdlet has its full help, and the module its topic', async () => {
  const script =
    '(Get-Help thing).Synopsis; (Get-Command Set-Thing).DefaultParameterSet; (Get-Module Sample).ExportedCommands.Keys | Sort-Object; Test-Path (Join-Path (Get-Module Sample).ModuleBase en-US about_Sample.help.txt)';
  expect(await shell.run(Type.Unknown(), script)).toEqual([
    'Gets things.',
    '__AllParameterSets',
    'Get-OldThing',
    'Get-Thing',
    'Set-Thing',
    'thing',
    true,
  ]);
});

test('help of another module is refused', async () => {
  const { code, stderr } = await runCommand(['new', 'Other', '--from', 'pages'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain('is of the module Sample, and not of Other');
});
