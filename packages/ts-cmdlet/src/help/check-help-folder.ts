import { Findings, type HelpDiagnostic, quoted } from './diagnostic.ts';
import type { CommandHelp } from './model.ts';
import type { ModuleFileInfo } from './module-file-info.ts';

/**
 * Holds the pages of a folder against each other. `isReadWhole` says that every page of a command could be read, so that
 * something can be concluded from what is absent.
 */
export function checkHelpFolder(
  folder: string,
  { helps, modulePages }: { helps: readonly CommandHelp[]; modulePages: readonly ModuleFileInfo[] },
  isReadWhole: boolean,
): HelpDiagnostic[] {
  return [
    ...(isReadWhole && helps.length === 0 ? noHelp(folder) : []),
    ...repeated(
      helps.map(({ name, file }) => ({ name, file })),
      'command-duplicate',
      'command',
    ),
    ...repeated(
      modulePages.map(({ moduleName, file }) => ({ name: moduleName, file })),
      'module-page-repeated',
      'module',
    ),
    ...(isReadWhole ? modulePages.flatMap(page => checkCommands(page, helps)) : []),
  ];
}

function noHelp(folder: string): HelpDiagnostic[] {
  const findings = new Findings(folder);
  findings.add('folder-without-help', 1, 'The folder has no help page of a command', 'Write `Verb-Noun.md` in it');
  return findings.diagnostics;
}

function repeated(
  pages: { name: string; file: string }[],
  code: 'command-duplicate' | 'module-page-repeated',
  what: string,
): HelpDiagnostic[] {
  const files = new Map<string, string>();
  return pages.flatMap(({ name, file }) => {
    const findings = new Findings(file);
    const known = files.get(name.toLowerCase());
    if (known !== undefined) {
      findings.add(code, 1, `The page is of the ${what} ${name}, as ${known} is`, `Keep one page for each ${what}`);
    }
    files.set(name.toLowerCase(), file);
    return findings.diagnostics;
  });
}

function checkCommands(page: ModuleFileInfo, helps: readonly CommandHelp[]): HelpDiagnostic[] {
  const findings = new Findings(page.file);
  const commands = page.commandGroups.flatMap(group => group.commands);
  const described = new Set(helps.map(({ name }) => name.toLowerCase()));
  for (const { name, line } of commands) {
    if (described.has(name.toLowerCase())) continue;
    findings.add(
      'module-page-command',
      line,
      `The module page lists ${quoted(name)}, which no page of the folder describes`,
      'Write its page, or take it off the list',
    );
  }
  const listed = new Set(commands.map(({ name }) => name.toLowerCase()));
  for (const { name, moduleName } of helps) {
    if (moduleName.toLowerCase() !== page.moduleName.toLowerCase() || listed.has(name.toLowerCase())) continue;
    findings.add(
      'module-page-command',
      1,
      `The module page does not list ${name}, which the folder describes`,
      `Add \`### [${name}](${name}.md)\` to it`,
    );
  }
  return findings.diagnostics;
}
