import type { AboutTopic } from '../help/about-topic.ts';
import type { CommandHelp } from '../help/model.ts';
import { aboutTopicText } from './about-topic-text.ts';
import { checkCommands } from './check-commands.ts';
import { checkLanguages } from './check-languages.ts';
import { formatFiles } from './format-file.ts';
import { type GenerateDiagnostic, problem, throwProblems } from './generate-error.ts';
import { compareOrdinal, type GeneratedFile } from './generated-file.ts';
import { maml } from './maml.ts';
import type { ModulePages } from './module-help.ts';
import { moduleManifest } from './module-manifest.ts';
import { checkModulePages, moduleFacts } from './module-page.ts';
import { externalHelpFile, handWrittenScripts, moduleScript } from './module-script.ts';
import { checkModuleSettings, type ModuleSettings } from './module-settings.ts';
import { parameterTypes, parameterTypesIndex } from './parameter-types.ts';
import { parameterValidators } from './parameter-validators.ts';
import { checkTranslations, translateHelps } from './translate-help.ts';

/** Everything that is made from a module's help and settings, and what is doubtful in them. */
export interface GeneratedAll {
  readonly module: GeneratedFile[];
  readonly types: GeneratedFile[];
  readonly warnings: GenerateDiagnostic[];
}

/**
 * Makes what `generateModule` and `generateCmdletTypes` make, and checks the help once. Throws as they do. `copied` are
 * files that the module has as they are.
 */
export function generateAll(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  settingsFile: string,
  pages: ModulePages,
  copied: readonly GeneratedFile[] = [],
): GeneratedAll {
  const found = checkModule(helps, settings, settingsFile, pages);
  throwProblems(found);
  return { module: moduleFiles(helps, settings, pages, copied), types: cmdletTypeFiles(helps), warnings: found };
}

/**
 * Makes a module's generated files from its help and settings. Throws a `GenerateError` with every problem found; the same
 * input gives the same bytes. `settingsFile` is how errors call the settings.
 */
export function generateModule(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  settingsFile = 'module.json',
  pages: ModulePages = {},
): GeneratedFile[] {
  throwProblems(checkModule(helps, settings, settingsFile, pages));
  return moduleFiles(helps, settings, pages);
}

function moduleFiles(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  pages: ModulePages,
  copied: readonly GeneratedFile[] = [],
): GeneratedFile[] {
  const sorted = sortByName(helps);
  const facts = moduleFacts(settings, pages.modulePages ?? []);
  const { name } = settings;
  const helpFiles = [
    ...cultureFiles(facts.culture, sorted, pages.aboutTopics ?? []),
    ...[...(pages.translations ?? [])].flatMap(([culture, translation]) =>
      cultureFiles(culture, translateHelps(sorted, translation), translation.aboutTopics),
    ),
  ];
  const others = [...formatFiles(settings), ...helpFiles, ...copied];
  const paths = [`${name}.psd1`, `${name}.psm1`, ...others.map(({ path }) => path)];
  const written = [...new Set([...paths, ...handWrittenScripts(settings)])].sort(compareOrdinal);
  return sortByPath([
    { path: `${name}.psd1`, content: moduleManifest(sorted, facts, written) },
    { path: `${name}.psm1`, content: moduleScript(sorted, settings) },
    ...others,
  ]);
}

/** Looks for everything that is wrong or doubtful in a module's help and settings. Errors keep it from being generated. */
export function checkModule(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  settingsFile = 'module.json',
  pages: ModulePages = {},
): GenerateDiagnostic[] {
  const sorted = sortByName(helps);
  return [
    ...checkHelps(sorted, settingsFile),
    ...checkModuleSettings(settings, sorted, settingsFile),
    ...checkModulePages(settings, pages.modulePages ?? [], settingsFile),
    ...checkLanguages(moduleFacts(settings, pages.modulePages ?? []).culture, pages),
    ...checkTranslations(sorted, pages),
  ];
}

/** The help in one language: a MAML file for all cmdlets that name it, and a text for each topic. */
function cultureFiles(culture: string, helps: readonly CommandHelp[], topics: readonly AboutTopic[]): GeneratedFile[] {
  return [
    ...[...Map.groupBy(helps, externalHelpFile)].map(([file, group]) => ({
      path: `${culture}/${file}`,
      content: maml(group),
    })),
    ...topics.map(topic => ({ path: `${culture}/${topic.name}.help.txt`, content: aboutTopicText(topic) })),
  ];
}

/**
 * Makes the TypeScript files of all cmdlets' parameters. Throws as `generateModule` does.
 */
export function generateCmdletTypes(helps: readonly CommandHelp[]): GeneratedFile[] {
  throwProblems(checkHelps(sortByName(helps), 'help'));
  return cmdletTypeFiles(helps);
}

function cmdletTypeFiles(helps: readonly CommandHelp[]): GeneratedFile[] {
  const sorted = sortByName(helps);
  return sortByPath([
    { path: 'index.ts', content: parameterTypesIndex(sorted) },
    { path: 'parameter-validators.ts', content: parameterValidators(sorted) },
    ...sorted.map(help => ({ path: `${help.name}.ts`, content: parameterTypes(help) })),
  ]);
}

function checkHelps(helps: readonly CommandHelp[], place: string): GenerateDiagnostic[] {
  const none = problem(
    { file: place, line: 1 },
    'help-missing',
    'There is no help to generate from.',
    'Expected at least one cmdlet.',
  );
  return helps.length === 0 ? [none] : checkCommands(helps);
}

function sortByName(helps: readonly CommandHelp[]): CommandHelp[] {
  return [...helps].sort((left, right) => compareOrdinal(left.name, right.name));
}

function sortByPath(files: readonly GeneratedFile[]): GeneratedFile[] {
  return [...files].sort((left, right) => compareOrdinal(left.path, right.path));
}
