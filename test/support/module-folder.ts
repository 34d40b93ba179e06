import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostAssembly, hostFolder } from '../../packages/ts-cmdlet/src/build/own-sources.ts';
import { readHostScripts } from '../../packages/ts-cmdlet/src/build/read-host-scripts.ts';
import { generateModule } from '../../packages/ts-cmdlet/src/generate/generate-module.ts';
import { addHostScripts } from '../../packages/ts-cmdlet/src/generate/host-scripts.ts';
import { readModuleSettings } from '../../packages/ts-cmdlet/src/generate/read-settings.ts';
import { writeFiles } from '../../packages/ts-cmdlet/src/generate/write-files.ts';
import { HelpError, hasErrors } from '../../packages/ts-cmdlet/src/help/diagnostic.ts';
import { readHelpFolder } from '../../packages/ts-cmdlet/src/help/read-help-folder.ts';

const project = path.join(import.meta.dirname, '..', '..');

/** The project's own help page, as committed. */
export const helpFile = path.join(project, 'help', 'Connect-SecMgmtAccount.md');

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
  const { helps, diagnostics } = await readHelpFolder(help);
  if (hasErrors(diagnostics)) {
    throw new HelpError(diagnostics);
  }
  const settingsText = await readFile(path.join(project, 'src', 'module.json'), 'utf8');
  const settings = readModuleSettings(settingsText, 'module.json');
  await writeFiles(folder, addHostScripts(generateModule(helps, settings), await readHostScripts(hostFolder), true));
  await mkdir(path.join(folder, 'core'), { recursive: true });
  await cp(hostAssembly, path.join(folder, 'core', path.basename(hostAssembly)));
  for (const { file } of settings.hostFunctions ?? []) {
    await cp(path.join(project, 'src', file), path.join(folder, path.basename(file)));
  }
  return {
    manifest: path.join(folder, 'SecMgmt.psd1'),
    folder,
    markdown,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
