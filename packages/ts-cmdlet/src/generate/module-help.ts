import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { AboutTopic } from '../help/about-topic-model.ts';
import type { HelpDiagnostic } from '../help/diagnostic.ts';
import type { CommandHelp } from '../help/model.ts';
import type { ModuleFileInfo } from '../help/module-file-info.ts';
import { readHelpFolder } from '../help/read-help-folder.ts';
import { compareOrdinal } from './generated-file.ts';

/** What a module's help has beside the pages of its cmdlets. */
export interface ModulePages {
  readonly modulePages?: readonly ModuleFileInfo[];
  readonly aboutTopics?: readonly AboutTopic[];
  /** The help in other languages, by culture. */
  readonly translations?: ReadonlyMap<string, Translation>;
}

/** The pages in one other language. */
export interface Translation {
  readonly helps: readonly CommandHelp[];
  readonly aboutTopics: readonly AboutTopic[];
}

/** How a folder of help in one language is called, as PlatyPS's guide has it: `de-DE`, `fr`, `zh-Hans-CN`. */
export const CULTURE_NAME = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * Reads all help of a module: the pages of a folder are in the module's own language, those of its folders `de-DE` and the
 * like are translations. Where it has no pages but such folders, the one of `culture` has the module's own language.
 */
export async function readModuleHelp(
  folder: string,
  culture = 'en-US',
): Promise<{ helps: CommandHelp[]; pages: ModulePages; diagnostics: HelpDiagnostic[] }> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((left, right) =>
    compareOrdinal(left.name, right.name),
  );
  const folders = entries.filter(entry => entry.isDirectory() && CULTURE_NAME.test(entry.name)).map(({ name }) => name);
  const hasPages = entries.some(entry => !entry.isDirectory() && /\.md$/i.test(entry.name));
  const own = !hasPages && folders.includes(culture) ? path.join(folder, culture) : folder;
  const { helps, modulePages, aboutTopics, diagnostics } = await readHelpFolder(own);
  const translations = new Map<string, Translation>();
  for (const name of folders.filter(each => path.join(folder, each) !== own)) {
    const read = await readHelpFolder(path.join(folder, name));
    translations.set(name, read);
    // A language may have topics alone.
    const hasSome = read.aboutTopics.length > 0 || read.modulePages.length > 0;
    diagnostics.push(...read.diagnostics.filter(({ code }) => code !== 'folder-without-help' || !hasSome));
  }
  return { helps, pages: { modulePages, aboutTopics, translations }, diagnostics };
}
