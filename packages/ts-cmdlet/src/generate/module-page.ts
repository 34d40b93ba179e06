import type { ModuleFileInfo } from '../help/module-file-info.ts';
import { type GenerateDiagnostic, problem } from './generate-error.ts';
import { paragraphs } from './maml-text.ts';
import type { ModuleSettings } from './module-settings.ts';

/** The settings, filled up with what the module's page says, and the page's own facts. */
export type ModuleFacts = ModuleSettings & { readonly culture: string; readonly helpInfoUri?: string };

/**
 * Joins `module.json` with the module's page: GUID, description and culture may stand in either, and the address for
 * Update-Help stands in the page. The page's `Help Version` is a matter of Update-Help's own files and of no module's.
 */
export function moduleFacts(settings: ModuleSettings, pages: readonly ModuleFileInfo[]): ModuleFacts {
  const page = pages.find(({ moduleName }) => moduleName.toLowerCase() === settings.name.toLowerCase());
  const guid = settings.guid ?? page?.moduleGuid?.toLowerCase();
  const description = settings.description ?? (page && paragraphs(page.description).join('\n\n'));
  return {
    ...settings,
    ...(guid ? { guid } : {}),
    ...(description ? { description } : {}),
    culture: settings.culture ?? page?.locale ?? 'en-US',
    ...(page?.helpInfoUri ? { helpInfoUri: page.helpInfoUri } : {}),
  };
}

/** Holds the module's pages against the settings. */
export function checkModulePages(
  settings: ModuleSettings,
  pages: readonly ModuleFileInfo[],
  settingsFile: string,
): GenerateDiagnostic[] {
  const facts = moduleFacts(settings, pages);
  const missing = (['guid', 'description'] as const).filter(key => facts[key] === undefined);
  return [
    ...missing.map(key =>
      problem(
        { file: settingsFile, line: 1 },
        'settings-invalid',
        `/${key} is missing, and no module page has it.`,
        'Expected a value.',
      ),
    ),
    ...pages.flatMap(page => {
      const conflict = (what: string, own: string | undefined, expected: string | undefined) =>
        own === undefined || expected === undefined || own.toLowerCase() === expected.toLowerCase()
          ? []
          : [
              problem(
                { file: page.file, line: 1 },
                'module-page-conflict',
                `'${what}' is '${own}'.`,
                `Expected '${expected}', as in ${settingsFile}.`,
              ),
            ];
      return [
        ...conflict('Module Name', page.moduleName, settings.name),
        ...conflict('Module Guid', page.moduleGuid, settings.guid),
        ...conflict('Locale', page.locale, settings.culture),
      ];
    }),
  ];
}
