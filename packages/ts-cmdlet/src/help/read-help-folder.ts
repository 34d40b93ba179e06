import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { isAboutTopicFile, readAboutTopic } from './about-topic.ts';
import type { AboutTopic } from './about-topic-model.ts';
import { checkHelpFolder } from './check-help-folder.ts';
import { Findings, type HelpDiagnostic } from './diagnostic.ts';
import { readFrontMatter } from './front-matter.ts';
import type { CommandHelp } from './model.ts';
import type { ModuleFileInfo } from './module-file-info.ts';
import { decodePage, normalisePage } from './page-text.ts';
import { readCommandHelp } from './read-command-help.ts';
import { isModulePage, readModulePage } from './read-module-page.ts';

/** What the pages of a folder say, each kind in ordinal order of the files' names. */
export type HelpFolder = {
  helps: CommandHelp[];
  modulePages: ModuleFileInfo[];
  aboutTopics: AboutTopic[];
  diagnostics: HelpDiagnostic[];
};

/**
 * Reads the `*.md` pages of a folder: `about_*.md`, here and in a folder `About`, are conceptual topics, what has a module's
 * front matter is a module page, what is nothing of PlatyPS (an index, a README) is reported and left out, and all others are
 * help of commands. Two pages of the same command, or no page of a command at all, are errors.
 * Rejects where the folder or a file cannot be read.
 */
export async function readHelpFolder(folder: string): Promise<HelpFolder> {
  const entries = await readdir(folder, { withFileTypes: true });
  const about = entries.filter(entry => entry.isDirectory() && /^about$/i.test(entry.name)).map(({ name }) => name);
  const topics = await Promise.all(
    about.map(async name => (await readdir(join(folder, name))).filter(isAboutTopicFile).map(file => join(name, file))),
  );
  const pages = entries.filter(entry => !entry.isDirectory() && /\.md$/i.test(entry.name)).map(({ name }) => name);
  const names = [...pages, ...topics.flat()].sort();
  const read: HelpFolder = { helps: [], modulePages: [], aboutTopics: [], diagnostics: [] };
  let commandPages = 0;
  for (const name of names) {
    const file = displayPath(join(folder, name));
    // A promise for each of many small files takes ten times as long.
    const { text: written, faultLine } = decodePage(readFileSync(join(folder, name)));
    const text = normalisePage(written);
    if (faultLine !== undefined) read.diagnostics.push(...encodingUnknown(file, faultLine));
    if (isAboutTopicFile(basename(name))) {
      const { topic, diagnostics } = readAboutTopic(text, file);
      read.aboutTopics.push(...(topic === undefined ? [] : [topic]));
      read.diagnostics.push(...diagnostics);
    } else if (mayBeModulePage(text) && isModulePage(readFrontMatter(text, new Findings(file)))) {
      const { page, diagnostics } = readModulePage(text, file);
      read.modulePages.push(...(page === undefined ? [] : [page]));
      read.diagnostics.push(...diagnostics);
    } else if (!isHelpPage(text, name)) {
      read.diagnostics.push(...notHelp(file));
    } else {
      commandPages++;
      const { help, diagnostics } = readCommandHelp(text, file);
      read.helps.push(...(help === undefined ? [] : [help]));
      read.diagnostics.push(...diagnostics);
    }
  }
  const isReadWhole = read.helps.length === commandPages;
  read.diagnostics.push(...checkHelpFolder(displayPath(folder), read, isReadWhole));
  return read;
}

/** Whether the front matter has a key that `isModulePage` looks for: most have none, and are read once. */
function mayBeModulePage(markdown: string): boolean {
  return /module guid|document type/i.test(frontMatterLines(markdown));
}

/**
 * Whether a page is of PlatyPS at all: by its front matter, by a section that only help has, or by a name such as `Get-Thing`,
 * so that an empty page of a command is found out.
 */
function isHelpPage(markdown: string, name: string): boolean {
  if (/^[\p{L}\p{N}_]+-[\p{L}\p{N}_-]+\.md$/iu.test(name)) return true;
  return (
    /^## *(?:SYNTAX|SYNOPSIS|PARAMETERS)[ \t]*$/m.test(markdown) ||
    /^(?:external help file|module name|schema|platyps schema version)[ \t]*:/im.test(frontMatterLines(markdown))
  );
}

function frontMatterLines(markdown: string): string {
  return /^\s*---\n([\s\S]*?)\n---/.exec(markdown)?.[1] ?? '';
}

function notHelp(file: string): HelpDiagnostic[] {
  const findings = new Findings(file);
  findings.add(
    'page-not-help',
    1,
    'The page is no help of a command: it has no front matter of PlatyPS, no SYNTAX and no PARAMETERS; it is left out',
    'Move it out of the folder of the help',
  );
  return findings.diagnostics;
}

function encodingUnknown(file: string, line: number): HelpDiagnostic[] {
  const findings = new Findings(file);
  findings.add(
    'encoding-unknown',
    line,
    'The file has bytes here that are no text in its encoding',
    'Save the file as UTF-8',
  );
  return findings.diagnostics;
}

// Relative where the folder is below the current directory, so that a finding reads the same on every machine.
function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short.startsWith('..') || short === '' ? path : short).replaceAll('\\', '/');
}
