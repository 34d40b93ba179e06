import type { ModulePages } from '../../src/generate/module-help.ts';
import type { ModuleSettings } from '../../src/generate/module-settings.ts';
import type { AboutTopic } from '../../src/help/about-topic-model.ts';
import type { CommandHelp } from '../../src/help/model.ts';
import type { ModuleFileInfo } from '../../src/help/module-file-info.ts';
import { block, commandHelp, parameter } from '../support/help-models.ts';

/** Help and settings that give a finding of the generators, and what they are in words. */
export type GenerateCase = {
  example: string;
  helps: CommandHelp[];
  settings?: Partial<ModuleSettings>;
  /** Whether the settings have no description. */
  lacksDescription?: true;
  pages?: ModulePages;
};

const get = (...parameters: CommandHelp['parameters']) => commandHelp('Get-Widget', parameters);
const page = (parts: Partial<ModuleFileInfo>): ModuleFileInfo => ({
  file: 'help/Widgets.md',
  moduleName: 'Widgets',
  metadata: {},
  title: 'Widgets',
  description: [],
  commandGroups: [],
  ...parts,
});
const topic = (name: string): AboutTopic => ({ file: `help/${name}.md`, name, metadata: {}, body: [] });
const outside = { ...get(parameter('Name', { blocks: [block({ parameterSets: ['Other'] })] })) };

/** For each code of the generators a case of it. */
export const GENERATE_CASES: Record<string, GenerateCase> = {
  'help-missing': { example: 'A folder without a page that can be built.', helps: [] },
  'command-repeated': {
    example: 'Two files with `# Get-Widget`.',
    helps: [get(), { ...get(), file: 'help/Other.md' }],
  },
  'help-file-unusable': {
    example: '`external help file: Widgets help`',
    helps: [{ ...get(), externalHelpFile: 'Widgets help' }],
  },
  'alias-unusable': { example: '`Aliases: a b`', helps: [get(parameter('Name', { aliases: ['a b'] }))] },
  'name-repeated': {
    example: '`Aliases: vb`, which -Verbose has',
    helps: [get(parameter('Name', { aliases: ['vb'] }))],
  },
  'confirm-impact-unusable': {
    example: '`"confirmImpact": { "Get-Widget": "High" }` for a cmdlet without -WhatIf',
    helps: [get()],
    settings: { confirmImpact: { 'Get-Widget': 'High' } },
  },
  'parameter-without-set': {
    example: 'A parameter in a set that the model of SYNTAX does not have.',
    helps: [outside],
  },
  'parameter-left-out': { example: '`Type: ScriptBlock`', helps: [get(parameter('Script', { type: 'ScriptBlock' }))] },
  'command-left-out': {
    example: '`Type: ScriptBlock` and `Required: True`',
    helps: [get(parameter('Script', { type: 'ScriptBlock', blocks: [block({ isRequired: true })] }))],
  },
  'type-not-described': {
    example: '`Type: WidgetPipeBind`',
    helps: [get(parameter('Id', { type: 'WidgetPipeBind' }))],
  },
  'should-process-incomplete': {
    example: '`### -WhatIf` alone',
    helps: [get(parameter('WhatIf', { type: 'switch' }))],
  },
  'values-unusable': {
    example: '`Type: Int32` and `Accepted values: 1-100`',
    helps: [get(parameter('Size', { type: 'Int32', acceptedValues: ['1-100'] }))],
  },
  'enum-conflict': {
    example: '`Type: ColourName` with the values `Red, Blue`, and with `BLUE` on another page',
    helps: [
      get(parameter('Colour', { type: 'ColourName', acceptedValues: ['Red', 'Blue'] })),
      commandHelp('Set-Widget', [parameter('Colour', { type: 'ColourName', acceptedValues: ['BLUE'] })]),
    ],
  },
  'module-name-spelling': { example: '`Module Name: widgets`', helps: [{ ...get(), moduleName: 'widgets' }] },
  'module-name-conflict': { example: '`Module Name: Gadgets`', helps: [{ ...get(), moduleName: 'Gadgets' }] },
  'module-page-conflict': {
    example: 'The module page\'s `Locale: de-DE` beside `"culture": "en-US"`.',
    helps: [get()],
    settings: { culture: 'en-US' },
    pages: { modulePages: [page({ locale: 'de-DE' })] },
  },
  'topic-name-unusable': {
    example: '`# about_a/b`',
    helps: [get()],
    pages: { aboutTopics: [topic('about_a/b')] },
  },
  'topic-repeated': {
    example: 'Two pages `# about_Widgets`.',
    helps: [get()],
    pages: { aboutTopics: [topic('about_Widgets'), topic('about_widgets')] },
  },
  'culture-repeated': {
    example: 'A folder `help/en-US` beside pages in en-US.',
    helps: [get()],
    pages: { translations: new Map([['en-US', { helps: [get()], aboutTopics: [] }]]) },
  },
  'translation-unknown': {
    example: '`help/de-DE/Get-Gadget.md` without `help/Get-Gadget.md`',
    helps: [get()],
    pages: { translations: new Map([['de-DE', { helps: [get(), commandHelp('Get-Gadget', [])], aboutTopics: [] }]]) },
  },
  'translation-missing': {
    example: '`help/Get-Widget.md` without `help/de-DE/Get-Widget.md`',
    helps: [get()],
    pages: { translations: new Map([['de-DE', { helps: [], aboutTopics: [] }]]) },
  },
  'online-version-unusable': {
    example: '`online version: see our site`',
    helps: [{ ...get(), onlineVersionUrl: 'see our site' }],
  },
  'settings-invalid': {
    example: 'Neither module.json nor a module page has a description.',
    helps: [get()],
    lacksDescription: true,
  },
  'path-parameter-unusable': {
    example: '`"pathParameters": { "Get-Widget": { "Size": "Literal" } }` for `Type: Int32`',
    helps: [get(parameter('Size', { type: 'Int32' }))],
    settings: { pathParameters: { 'Get-Widget': { Size: 'Literal' } } },
  },
  'secret-parameter-unusable': {
    example: '`"secretParameters": { "Get-Widget": ["Size"] }` for `Type: Int32`',
    helps: [get(parameter('Size', { type: 'Int32' }))],
    settings: { secretParameters: { 'Get-Widget': ['Size'] } },
  },
  'settings-name-unknown': {
    example: '`"leaveOut": { "Get-Gadget": true }`',
    helps: [get()],
    settings: { leaveOut: { 'Get-Gadget': true } },
  },
};
