import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Findings, type HelpDiagnostic } from './diagnostic.ts';
import { readFrontMatter } from './front-matter.ts';
import type { CommandHelp } from './model.ts';
import { readCommandHelp } from './read-command-help.ts';

/**
 * Reads the help of all commands in a folder: its `*.md` pages, in ordinal order of their names. Two pages of the same
 * command, or no page at all, are errors. Rejects where the folder or a file cannot be read.
 */
export async function readHelpFolder(folder: string): Promise<{ helps: CommandHelp[]; diagnostics: HelpDiagnostic[] }> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter(entry => !entry.isDirectory() && /\.md$/i.test(entry.name))
    .map(entry => entry.name)
    .sort();
  const helps: CommandHelp[] = [];
  const diagnostics: HelpDiagnostic[] = [];
  let pages = 0;
  for (const name of names) {
    const path = join(folder, name);
    const markdown = await readFile(path, 'utf8');
    // The model has no module page and no about_ topic yet.
    if (/^about_/i.test(name) || isModulePage(markdown)) continue;
    pages++;
    const page = readCommandHelp(markdown, displayPath(path));
    diagnostics.push(...page.diagnostics);
    if (page.help !== undefined) helps.push(page.help);
  }
  return { helps, diagnostics: [...diagnostics, ...checkFolder(folder, pages, helps)] };
}

function isModulePage(markdown: string): boolean {
  const { entries } = readFrontMatter(markdown.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), new Findings(''));
  return entries.has('module guid');
}

function checkFolder(folder: string, pages: number, helps: CommandHelp[]): HelpDiagnostic[] {
  if (pages === 0) {
    const findings = new Findings(displayPath(folder));
    findings.add('folder-without-help', 1, 'The folder has no help page of a command', 'Write `Verb-Noun.md` in it');
    return findings.diagnostics;
  }
  const files = new Map<string, string>();
  return helps.flatMap(({ name, file }) => {
    const findings = new Findings(file);
    const known = files.get(name.toLowerCase());
    if (known !== undefined) {
      findings.add(
        'command-duplicate',
        1,
        `The page is help of ${name}, as ${known} is`,
        'Keep one page for each command',
      );
    }
    files.set(name.toLowerCase(), file);
    return findings.diagnostics;
  });
}

// Relative where the folder is below the current directory, so that a finding reads the same on every machine.
function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short.startsWith('..') || short === '' ? path : short).replaceAll('\\', '/');
}
