import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startShell, type TestShell } from 'powershell-driver/session';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkModule, generateModule } from '../../src/generate/generate-module.ts';
import { readModuleHelp } from '../../src/generate/module-help.ts';
import { readModuleSettings } from '../../src/generate/read-settings.ts';
import { edited, SAMPLE_PAGE } from '../help/sample-page.ts';
import { writeModule } from './other-module.ts';

// A folder of help in three languages, with a module page, topics and two external help files, through to Get-Help.

const ABOUT = `# about_Sample

## Short description
What things are
for.

## Long description
Things are *used* in [many ways](https://example.com/ways), and this sentence is longer than one line of a topic can be.

- one
- two, which goes on for so long that it has to be broken into a second line below its text

\`\`\`powershell
Get-Thing   |   Out-Null
\`\`\`

## See also
Get-Thing
`;
const MODULE_PAGE = `---
Module Name: Sample
Module Guid: 2E8C2B4C-6C55-4B3A-9A57-8D8E3B1F0C11
Download Help Link: https://example.com/help
Help Version: 1.0.0.0
Locale: en-US
---

# Sample Module
## Description
Things, and what to do with them.

## Sample Cmdlets
### [Get-Thing](Get-Thing.md)
Gets things.

### [Set-Thing](Set-Thing.md)
Sets things.
`;
const SET_THING = edited(SAMPLE_PAGE.replaceAll('Get-Thing', 'Set-Thing').replaceAll('Gets ', 'Sets '), [
  'external help file: Sample-Help.xml',
  'external help file: Other-Help.xml',
]);
// The translation knows less and other things than the page itself.
const GERMAN = edited(
  SAMPLE_PAGE,
  ['Gets things.', 'Holt Dinge – „alle“.'],
  ['Gets the things that there are.', 'Holt die Dinge, die es gibt.'],
  ["The thing's name.", 'Der Name des Dings.'],
  ['Accepted values: Red, Green', 'Accepted values: Rot, Grün'],
  ['Gets the thing named One.', 'Holt das Ding namens One.'],
  ['[-Force] ', '[-Gewalt] '],
  ['### -Force', '### -Gewalt'],
);

const files: Record<string, string> = {
  'Get-Thing.md': SAMPLE_PAGE,
  'Set-Thing.md': SET_THING,
  'Sample.md': MODULE_PAGE,
  'about_Sample.md': ABOUT,
  'de-DE/Get-Thing.md': GERMAN,
  'de-DE/about_Sample.md': edited(ABOUT, ['What things are\nfor.', 'Wozu Dinge gut sind.']),
  'fr/about_Sample.md': edited(ABOUT, ['What things are\nfor.', 'À quoi servent les choses.']),
  'images/README.md': 'No help.',
};
const settings = readModuleSettings(
  JSON.stringify({
    name: 'Sample',
    version: '1.0.0',
    author: 'A',
    copyright: 'C',
    powerShellVersion: '7.4',
    views: [],
  }),
  'module.json',
);

let root = '';
let shell: TestShell;
let warnings: string[];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'cultures-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, 'help', ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const { helps, pages, diagnostics } = await readModuleHelp(path.join(root, 'help'));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  warnings = checkModule(helps, settings, 'module.json', pages).map(({ code, file, message }) => {
    return `${code} ${path.basename(path.dirname(file))}/${path.basename(file)}: ${message}`;
  });
  const folder = path.join(root, 'modules', 'Sample');
  await writeModule(folder, generateModule(helps, settings, 'module.json', pages), '');
  shell = await startShell(undefined, { PSModulePath: path.join(root, 'modules') });
});

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

/** Runs a script in a language of the user's. */
const inLanguage = (culture: string, script: string) =>
  shell.run(
    Type.String(),
    `$before = [System.Globalization.CultureInfo]::CurrentUICulture
    try { [System.Globalization.CultureInfo]::CurrentUICulture = '${culture}'; Import-Module Sample; ${script} }
    finally { [System.Globalization.CultureInfo]::CurrentUICulture = $before }`,
  );

const helpOf = (name: string) =>
  `$h = Get-Help ${name}; $h.Synopsis.Trim(); $h.description[0].Text
  foreach ($p in $h.parameters.parameter) { "$($p.name): $($p.description[0].Text.Trim())" }`;

const ENGLISH = [
  'Force: Gets hidden things too.',
  "Id: The thing's identifier.",
  "Name: The thing's name.",
  'Tag: The tags that a thing must have.',
];

test("the module's own language is told where there is no other", async () => {
  for (const culture of ['en-US', 'ja-JP']) {
    const told = await inLanguage(culture, helpOf('Get-Thing'));
    expect(told).toEqual(['Gets things.', 'Gets the things that there are.', ...ENGLISH]);
  }
});

test("a translation's prose is told, of the parameters that there are; what it lacks is told as it is", async () => {
  expect(await inLanguage('de-DE', helpOf('Get-Thing'))).toEqual([
    'Holt Dinge – „alle“.',
    'Holt die Dinge, die es gibt.',
    ...ENGLISH.with(2, 'Name: Der Name des Dings.'),
  ]);
  expect(await inLanguage('de-DE', "(Get-Help Get-Thing -Parameter Tag).description.Text.Trim() -join '|'")).toEqual([
    'The tags that a thing must have.|Accepted values: Red, Green.',
  ]);
  expect(await inLanguage('de-DE', '(Get-Help Get-Thing).examples.example.remarks[0].Text')).toEqual([
    'Holt das Ding namens One.',
  ]);
  expect(await inLanguage('de-DE', helpOf('Set-Thing'))).toEqual([
    'Sets things.',
    'Sets the things that there are.',
    ...ENGLISH.with(0, 'Force: Sets hidden things too.'),
  ]);
});

test('what a language lacks, or tells too much, is warned of', () => {
  expect(warnings.sort()).toEqual([
    'translation-missing de-DE/Get-Thing.md: There is no translation of -Force for de-DE; it is shown as it is.',
    'translation-missing help/Get-Thing.md: There is no translation of Get-Thing for fr; it is shown as it is.',
    'translation-missing help/Set-Thing.md: There is no translation of Set-Thing for de-DE; it is shown as it is.',
    'translation-missing help/Set-Thing.md: There is no translation of Set-Thing for fr; it is shown as it is.',
    "translation-unknown de-DE/Get-Thing.md: The translation tells of -Gewalt, which the module's own help does not have.",
  ]);
});

test('Get-Help shows a topic, in the language of the user', async () => {
  const [shown = ''] = await inLanguage('en-US', 'Get-Help about_Sample');
  expect(shown.replaceAll('\r', '')).toBe(`TOPIC
    about_Sample

SHORT DESCRIPTION
    What things are for.

LONG DESCRIPTION
    Things are used in many ways (https://example.com/ways), and this sentence
    is longer than one line of a topic can be.

    - one
    - two, which goes on for so long that it has to be broken into a second line
      below its text

    Get-Thing   |   Out-Null

SEE ALSO
    Get-Thing
`);
  expect((await inLanguage('de-DE', 'Get-Help about_Sample'))[0]).toContain('Wozu Dinge gut sind.');
  expect((await inLanguage('fr-CA', 'Get-Help about_Sample'))[0]).toContain('À quoi servent les choses.');
});

test('Get-Help lists a topic with its short description', async () => {
  expect(await inLanguage('en-US', "(Get-Help about_Sam*).Synopsis; (Get-Help 'about_*').Name")).toEqual([
    'What things are for.',
    'about_Sample',
  ]);
});

test('the manifest has what the module page says', async () => {
  const [facts] = await shell.run(
    Type.Record(Type.String(), Type.String()),
    `$m = Test-ModuleManifest '${path.join(root, 'modules', 'Sample', 'Sample.psd1')}'
    @{ guid = [string] $m.Guid; description = $m.Description; uri = [string] $m.HelpInfoUri }`,
  );
  expect(facts).toEqual({
    guid: '2e8c2b4c-6c55-4b3a-9a57-8d8e3b1f0c11',
    description: 'Things, and what to do with them.',
    uri: 'https://example.com/help',
  });
});
