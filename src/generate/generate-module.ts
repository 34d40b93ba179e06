import type { CommandHelp } from '../help/model.ts';
import { checkCommands } from './check-commands.ts';
import { formatFile } from './format-file.ts';
import { problem, throwProblems } from './generate-error.ts';
import { compareOrdinal, type GeneratedFile } from './generated-file.ts';
import { maml } from './maml.ts';
import { moduleManifest } from './module-manifest.ts';
import { externalHelpFile, handWrittenScripts, moduleScript } from './module-script.ts';
import { checkModuleSettings, type ModuleSettings } from './module-settings.ts';
import { parameterTypes, parameterTypesIndex } from './parameter-types.ts';
import { parameterValidators } from './parameter-validators.ts';

/**
 * Makes a module's generated files from its cmdlets' help and settings. Throws a `GenerateError` with every problem
 * found; the same input gives the same bytes. `settingsFile` is how errors call the settings.
 */
export function generateModule(
  helps: readonly CommandHelp[],
  settings: ModuleSettings,
  settingsFile = 'module.json',
): GeneratedFile[] {
  const sorted = sortByName(helps);
  throwProblems([...checkHelps(sorted, settingsFile), ...checkModuleSettings(settings, sorted, settingsFile)]);
  const { name, culture = 'en-US' } = settings;
  const formats = settings.views.length > 0 ? [`${name}.format.ps1xml`] : [];
  const helpFiles = Map.groupBy(sorted, externalHelpFile);
  const mamlFiles = [...helpFiles].map(([file, group]) => ({ path: `${culture}/${file}`, content: maml(group) }));
  const paths = [`${name}.psd1`, `${name}.psm1`, ...formats, ...mamlFiles.map(({ path }) => path)];
  const all = [...new Set([...paths, ...handWrittenScripts(settings), ...(settings.additionalFiles ?? [])])].sort(
    compareOrdinal,
  );
  return sortByPath([
    { path: `${name}.psd1`, content: moduleManifest(sorted, settings, { formats, all }) },
    { path: `${name}.psm1`, content: moduleScript(sorted, settings) },
    ...formats.map(path => ({ path, content: formatFile(settings) })),
    ...mamlFiles,
  ]);
}

/**
 * Makes the TypeScript files of all cmdlets' parameters. `host` is the module specifier of the host's folder as seen
 * from the files' own, such as `../../host`. Throws as `generateModule` does.
 */
export function generateCmdletTypes(helps: readonly CommandHelp[], host: string): GeneratedFile[] {
  const sorted = sortByName(helps);
  throwProblems(checkHelps(sorted, 'help'));
  return sortByPath([
    { path: 'index.ts', content: parameterTypesIndex(sorted) },
    { path: 'parameter-validators.ts', content: parameterValidators(sorted, host) },
    ...sorted.map(help => ({ path: `${help.name}.ts`, content: parameterTypes(help, host) })),
  ]);
}

function checkHelps(helps: readonly CommandHelp[], place: string): ReturnType<typeof checkCommands> {
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
