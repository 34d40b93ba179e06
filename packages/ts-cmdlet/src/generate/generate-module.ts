import type { AboutTopic } from '../help/about-topic-model.ts';
import type { CommandHelp } from '../help/model.ts';
import { aboutTopicText } from './about-topic-text.ts';
import { checkCommands } from './check-commands.ts';
import { checkLanguages } from './check-languages.ts';
import { checkModuleSettings } from './check-settings.ts';
import type { CompletedParameters } from './completers.ts';
import { checkOutputs, type DeclaredOutput } from './declared-outputs.ts';
import { formatFile, formatFileName } from './format-file.ts';
import { type GenerateDiagnostic, problem, throwProblems } from './generate-error.ts';
import { compareOrdinal, type GeneratedFile } from './generated-file.ts';
import { maml } from './maml.ts';
import type { ModulePages } from './module-help.ts';
import { moduleManifest } from './module-manifest.ts';
import { checkModulePages, moduleFacts } from './module-page.ts';
import { externalHelpFile, handWrittenObjectFiles, handWrittenScripts, moduleScript } from './module-script.ts';
import type { ModuleSettings } from './module-settings.ts';
import { describedTypes } from './object-types.ts';
import { parameterTypes, parameterTypesIndex } from './parameter-types.ts';
import { parameterValidators } from './parameter-validators.ts';
import { type PreparedCommands, prepareCommands } from './prepare-commands.ts';
import { checkTranslations, translateHelps } from './translate-help.ts';
import { importTypes, typesFiles } from './types-file.ts';

/** Everything that is made from a module's help and settings, and what is doubtful in them. */
export interface GeneratedAll {
  readonly module: GeneratedFile[];
  /** Makes the module's files of a module whose handlers declare outputs or complete parameters. */
  readonly moduleOf: (outputs: readonly DeclaredOutput[], completed?: CompletedParameters) => GeneratedFile[];
  /** Looks for what is wrong with the outputs that handlers declare. */
  readonly checkOutputs: (outputs: readonly DeclaredOutput[], entry: string) => GenerateDiagnostic[];
  readonly types: GeneratedFile[];
  /** The names of the cmdlets that the module has. */
  readonly commands: readonly string[];
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
  const prepared = prepareCommands(sortByName(helps), settings.leaveOut);
  const found = findProblems(helps, prepared, settings, settingsFile, pages);
  throwProblems(found);
  return {
    module: moduleFiles(prepared, settings, pages, copied),
    moduleOf: (outputs, completed) => moduleFiles(prepared, settings, pages, copied, outputs, completed),
    checkOutputs: (outputs, entry) => checkOutputs(outputs, settings, helps, { settings: settingsFile, entry }),
    types: cmdletTypeFiles(prepared.declared, settings),
    commands: helps.map(({ name }) => name).filter(name => prepared.declared.some(help => help.name === name)),
    warnings: found,
  };
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
  const prepared = prepareCommands(sortByName(helps), settings.leaveOut);
  throwProblems(findProblems(helps, prepared, settings, settingsFile, pages));
  return moduleFiles(prepared, settings, pages);
}

function moduleFiles(
  { declared, documented }: PreparedCommands,
  settings: ModuleSettings,
  pages: ModulePages,
  copied: readonly GeneratedFile[] = [],
  outputs: readonly DeclaredOutput[] = [],
  completed: CompletedParameters = {},
): GeneratedFile[] {
  const facts = moduleFacts(settings, pages.modulePages ?? []);
  const { name } = settings;
  const helpFiles = [
    ...cultureFiles(facts.culture, documented, pages.aboutTopics ?? []),
    ...[...(pages.translations ?? [])].flatMap(([culture, translation]) =>
      cultureFiles(culture, translateHelps(documented, translation), translation.aboutTopics),
    ),
  ];
  const format = formatFileName(settings);
  const formats = format === undefined ? [] : [{ path: format, content: formatFile(settings) }];
  const types = typesFiles(settings, outputs);
  const script = moduleScript(declared, settings, completed) + (types.length > 0 ? importTypes(settings) : '');
  const others = [...formats, ...types, ...helpFiles, ...copied];
  const paths = [`${name}.psd1`, `${name}.psm1`, ...others.map(({ path }) => path)];
  const written = [...new Set([...paths, ...handWrittenScripts(settings), ...handWrittenObjectFiles(settings)])].sort(
    compareOrdinal,
  );
  return sortByPath([
    { path: `${name}.psd1`, content: moduleManifest(declared, facts, written) },
    { path: `${name}.psm1`, content: script },
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
  return findProblems(helps, prepareCommands(sortByName(helps), settings.leaveOut), settings, settingsFile, pages);
}

function findProblems(
  helps: readonly CommandHelp[],
  { declared, warnings }: PreparedCommands,
  settings: ModuleSettings,
  settingsFile: string,
  pages: ModulePages,
): GenerateDiagnostic[] {
  const sorted = sortByName(helps);
  return [
    ...warnings,
    ...checkHelps(declared, settingsFile, helps),
    ...checkModuleSettings(settings, sorted, settingsFile),
    ...checkModulePages(settings, pages.modulePages ?? [], settingsFile),
    ...checkLanguages(moduleFacts(settings, pages.modulePages ?? []).culture, pages),
    ...checkTranslations(sorted, pages),
  ];
}

/** What the generators find in pages that could be read, where others could not. */
export function checkReadable(
  helps: readonly CommandHelp[],
  leaveOut?: ModuleSettings['leaveOut'],
): GenerateDiagnostic[] {
  const { declared, warnings } = prepareCommands(sortByName(helps), leaveOut);
  return [...warnings, ...checkCommands(declared)];
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
  const { declared } = prepareCommands(sortByName(helps));
  throwProblems(checkHelps(declared, 'help'));
  return cmdletTypeFiles(declared);
}

function cmdletTypeFiles(
  helps: readonly CommandHelp[],
  { parameterValidation = {}, outputs: file }: Pick<ModuleSettings, 'parameterValidation' | 'outputs'> = {},
): GeneratedFile[] {
  const sorted = sortByName(helps);
  // The generated types have a folder of their own beside module.json.
  const outputs = file === undefined ? undefined : `../${file}`;
  const objects = outputs === undefined ? undefined : { outputs, types: describedTypes(sorted) };
  return sortByPath([
    { path: 'index.ts', content: parameterTypesIndex(sorted) },
    { path: 'parameter-validators.ts', content: parameterValidators(sorted, outputs) },
    ...sorted.map(help => ({
      path: `${help.name}.ts`,
      content: parameterTypes(help, parameterValidation[help.name], objects),
    })),
  ]);
}

function checkHelps(
  helps: readonly CommandHelp[],
  place: string,
  read: readonly CommandHelp[] = [],
): GenerateDiagnostic[] {
  if (helps.length > 0) return checkCommands(helps);
  const at = { file: place, line: 1 };
  const [first] = read;
  if (first === undefined) {
    return [problem(at, 'help-missing', 'There is no help to generate from.', 'Expected at least one cmdlet.')];
  }
  const message =
    read.length === 1
      ? `${first.name}, the only cmdlet of the help, is left out: no module is left.`
      : `All ${read.length} cmdlets of the help are left out: no module is left.`;
  const expected = 'Expected one cmdlet with a set whose mandatory parameters have types that cross, such as String.';
  return [problem(at, 'help-missing', message, expected)];
}

function sortByName(helps: readonly CommandHelp[]): CommandHelp[] {
  return [...helps].sort((left, right) => compareOrdinal(left.name, right.name));
}

function sortByPath(files: readonly GeneratedFile[]): GeneratedFile[] {
  return [...files].sort((left, right) => compareOrdinal(left.path, right.path));
}
