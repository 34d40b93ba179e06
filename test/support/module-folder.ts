import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCmdletTypes, generateModule } from '../../src/generate/generate-module.ts';
import type { GeneratedFile } from '../../src/generate/generated-file.ts';
import { readModuleSettings } from '../../src/generate/module-settings.ts';
import { writeFiles } from '../../src/generate/write-files.ts';
import { HelpError } from '../../src/help/diagnostic.ts';
import { readHelpFolder } from '../../src/help/read-help-folder.ts';

const project = path.join(import.meta.dirname, '..', '..');

/** The project's own help page, as committed. */
export const helpFile = path.join(project, 'help', 'Connect-SecMgmtAccount.md');

/** Where the committed generated files are. */
export const committed = {
  module: path.join(project, 'module', 'SecMgmt'),
  types: path.join(project, 'src', 'cmdlets', 'generated'),
};

/** What the generators make of a folder of help and SecMgmt's settings. */
export async function generateFrom(helpFolder: string): Promise<{ module: GeneratedFile[]; types: GeneratedFile[] }> {
  const { helps, diagnostics } = await readHelpFolder(helpFolder);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    throw new HelpError(diagnostics);
  }
  const settings = readModuleSettings(
    await readFile(path.join(project, 'src', 'cmdlets', 'module.json'), 'utf8'),
    'module.json',
  );
  return { module: generateModule(helps, settings), types: generateCmdletTypes(helps) };
}

/** A module in a folder of its own, made from the help after `change`; it has no core. */
export interface ModuleFolder extends AsyncDisposable {
  readonly manifest: string;
  readonly folder: string;
  /** The help that it was made from. */
  readonly markdown: string;
}

/** Makes a module from a copy of the project's help. */
export async function makeModule(change: (markdown: string) => string = markdown => markdown): Promise<ModuleFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'secmgmt-'));
  const help = path.join(root, 'help');
  const folder = path.join(root, 'SecMgmt');
  await cp(path.dirname(helpFile), help, { recursive: true });
  const markdown = change(await readFile(helpFile, 'utf8'));
  await writeFile(path.join(help, path.basename(helpFile)), markdown);
  await writeFiles(folder, (await generateFrom(help)).module);
  await cp(path.join(project, 'src', 'host', 'ModuleHost.ps1'), path.join(folder, 'ModuleHost.ps1'));
  return {
    manifest: path.join(folder, 'SecMgmt.psd1'),
    folder,
    markdown,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
