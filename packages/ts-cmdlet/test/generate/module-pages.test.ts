import { expect, test } from 'vitest';
import { checkModule, generateModule } from '../../src/generate/generate-module.ts';
import type { ModulePages } from '../../src/generate/module-help.ts';
import type { AboutTopic } from '../../src/help/about-topic-model.ts';
import type { ModuleFileInfo } from '../../src/help/module-file-info.ts';
import { commandHelp, moduleSettings, paragraph } from '../support/help-models.ts';

// A module's page, its topics and its other languages, held against the settings and against each other.

const page = (parts: Partial<ModuleFileInfo> = {}): ModuleFileInfo => ({
  file: 'help/Widgets.md',
  moduleName: 'Widgets',
  metadata: {},
  title: 'Widgets Module',
  description: paragraph('From the page.'),
  commandGroups: [],
  ...parts,
});
const topic = (name: string, file = `help/${name}.md`): AboutTopic => ({ file, name, metadata: {}, body: [] });
const helps = [commandHelp('Get-Widget', [])];
const settings = moduleSettings();
const check = (pages: ModulePages, own = settings) =>
  checkModule(helps, own, 'module.json', pages).map(({ code, message }) => `${code}: ${message}`);

test.each<[string, Partial<ModuleFileInfo>, string]>([
  [
    'a GUID',
    { moduleGuid: '00000000-0000-0000-0000-000000000001' },
    "'Module Guid' is '00000000-0000-0000-0000-000000000001'.",
  ],
  ['a name', { moduleName: 'Gadgets' }, "'Module Name' is 'Gadgets'."],
  ['a language', { locale: 'de-DE' }, "'Locale' is 'de-DE'."],
])('%s that is not that of the settings is refused', (_, parts, message) => {
  const own = moduleSettings({ culture: 'en-US' });
  expect(check({ modulePages: [page(parts)] }, own)).toEqual([`module-page-conflict: ${message}`]);
});

test('a page that says what the settings say, in another case, is right', () => {
  expect(check({ modulePages: [page({ moduleGuid: settings.guid?.toUpperCase() ?? '', locale: 'en-US' })] })).toEqual(
    [],
  );
});

test('what neither the page nor the settings have is missing', () => {
  const { guid: _, description: __, ...rest } = settings;
  expect(check({}, rest)).toEqual([
    'settings-invalid: /guid is missing, and no module page has it.',
    'settings-invalid: /description is missing, and no module page has it.',
  ]);
  expect(check({ modulePages: [page({ moduleGuid: settings.guid ?? '' })] }, rest)).toEqual([]);
});

test("the settings' own description goes first; the page's language names the folder", () => {
  const files = generateModule(helps, settings, 'module.json', {
    modulePages: [page({ locale: 'fr-FR', helpInfoUri: 'https://example.com/help' })],
  });
  expect(files.map(({ path }) => path)).toEqual(['Widgets.psd1', 'Widgets.psm1', 'fr-FR/Widgets-Help.xml']);
  expect(files[0]?.content).toContain("Description = 'Widgets.'");
  expect(files[0]?.content).toContain("HelpInfoURI = 'https://example.com/help'");
});

test.each<[string, ModulePages, string]>([
  [
    'two pages of a topic',
    { aboutTopics: [topic('about_A'), topic('about_a', 'help/about_a.help.md')] },
    'topic-repeated: help/about_A.md is of the topic about_a as well.',
  ],
  [
    'a topic that is no file',
    { aboutTopics: [topic('about_../x')] },
    "topic-name-unusable: 'about_../x' can't be a topic's name.",
  ],
  [
    'a second folder in the language of the help',
    { translations: new Map([['en-us', { helps, aboutTopics: [] }]]) },
    "culture-repeated: The help in 'en-us' is in the language of other pages.",
  ],
  [
    'a language that is no file',
    { translations: new Map([['../de', { helps, aboutTopics: [] }]]) },
    "culture-repeated: The help in '../de' is in the language of other pages.",
  ],
])('%s is refused', (_, pages, message) => {
  expect(check(pages)).toEqual([message]);
  expect(() => generateModule(helps, settings, 'module.json', pages)).toThrow(message.split(': ')[1] ?? '');
});
