import { stringify } from 'yaml';
import type { ModuleCommandInfo, ModuleFileInfo } from './module-file-info.ts';
import { escapeInline, writeBelow, writeLink } from './write-text-blocks.ts';

/** A module page as PlatyPS Markdown, in its own schema. Read again, it is the same model. */
export function writeModulePage(page: ModuleFileInfo): string {
  const groups = page.commandGroups.flatMap(({ groupTitle, commands }) => [
    `## ${escapeInline(groupTitle)}`,
    ...commands.map(writeCommand),
  ]);
  const parts = [
    ...(page.title === '' ? [] : [`# ${escapeInline(page.title)}`]),
    writeBelow('## Description', page.description),
    ...groups,
  ];
  return `${writeFrontMatter(page)}\n${parts.join('\n\n')}\n`;
}

function writeFrontMatter(page: ModuleFileInfo): string {
  const is2024 = page.schemaVersion === '2024-05-01';
  const entries = [
    ...Object.entries(page.metadata),
    ['Module Name', page.moduleName],
    ['Module Guid', page.moduleGuid],
    [is2024 ? 'HelpInfoUri' : 'Download Help Link', page.helpInfoUri],
    ['Help Version', page.helpVersion],
    ['Locale', page.locale],
    [is2024 ? 'PlatyPS schema version' : 'schema', page.schemaVersion],
  ].filter(([, value]) => value !== undefined);
  return `---\n${stringify(Object.fromEntries(entries), { lineWidth: 0 })}---\n`;
}

function writeCommand({ name, link, description }: ModuleCommandInfo): string {
  return writeBelow(`### ${writeLink(name, link)}`, description);
}
