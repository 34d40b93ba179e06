import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GenerateError } from '../src/generate/generate-error.ts';
import { generateCmdletTypes, generateModule } from '../src/generate/generate-module.ts';
import type { GeneratedFile } from '../src/generate/generated-file.ts';
import { handWrittenScripts, MODULE_HOST_FILE } from '../src/generate/module-script.ts';
import { readModuleSettings } from '../src/generate/module-settings.ts';
import { writeFiles } from '../src/generate/write-files.ts';
import { formatDiagnostic, HelpError } from '../src/help/diagnostic.ts';
import { readHelpFolder } from '../src/help/read-help-folder.ts';
import { bundleCore } from './bundle-core.ts';
import { copyPackages } from './copy-packages.ts';

/** Where a module is made from and where it goes; all are folders or files by their full path. */
export interface BuildPaths {
  readonly help: string;
  readonly settings: string;
  /** The host's sources: what the generated types import, and the module's PowerShell file. */
  readonly host: string;
  readonly entry: string;
  readonly types: string;
  readonly modules: string;
}

const root = path.join(import.meta.dirname, '..');

/** The paths of this repository's own module. */
export const ownPaths: BuildPaths = {
  help: path.join(root, 'help'),
  settings: path.join(root, 'src', 'cmdlets', 'module.json'),
  host: path.join(root, 'src', 'host'),
  entry: path.join(root, 'src', 'cmdlets', 'main.ts'),
  types: path.join(root, 'src', 'cmdlets', 'generated'),
  modules: path.join(root, 'module'),
};

/** What a build writes, apart from the core: files of the module's folder and of the folder of generated types. */
export interface BuildOutput {
  readonly folder: string;
  readonly module: GeneratedFile[];
  readonly types: GeneratedFile[];
  /** Packages that go beside the core as they are. They differ by platform, so the manifest does not list them. */
  readonly externalPackages: readonly string[];
  readonly warnings: string[];
}

/** Reads the help and makes everything generated. Throws `HelpError` or `GenerateError`, and writes nothing. */
export async function generate(paths: BuildPaths): Promise<BuildOutput> {
  const { helps, diagnostics } = await readHelpFolder(paths.help);
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new HelpError(diagnostics);
  const settingsFile = path.relative(process.cwd(), paths.settings).replaceAll(path.sep, '/');
  const settings = readModuleSettings(await readFile(paths.settings, 'utf8'), settingsFile);
  const scripts = handWrittenScripts(settings).map(async file => {
    const folder = file === MODULE_HOST_FILE ? paths.host : path.dirname(paths.settings);
    return { path: file, content: await readFile(path.join(folder, file), 'utf8') };
  });
  return {
    folder: path.join(paths.modules, settings.name),
    module: [...generateModule(helps, settings, settingsFile), ...(await Promise.all(scripts))],
    types: generateCmdletTypes(helps, moduleSpecifier(paths.types, paths.host)),
    externalPackages: settings.externalPackages ?? [],
    warnings: diagnostics.map(formatDiagnostic),
  };
}

/** How a module in one folder names another folder; both are on one drive. */
function moduleSpecifier(from: string, to: string): string {
  const relative = path.relative(from, to).replaceAll(path.sep, '/');
  return relative.startsWith('../') ? relative : `./${relative}`;
}

/** Builds a module: generated files, then the core. Returns its folder and what changed in it. */
export async function buildModule(
  paths: BuildPaths,
): Promise<{ folder: string; changed: string[]; warnings: string[] }> {
  const { folder, module, types, externalPackages, warnings } = await generate(paths);
  const changed = [...(await writeFiles(paths.types, types)), ...(await writeFiles(folder, module))];
  const core = path.join(folder, 'core');
  await bundleCore(paths.entry, core, paths.host, externalPackages);
  await copyPackages(externalPackages, paths.entry, core);
  return { folder, changed: changed.map(({ kind, path: file }) => `${kind}: ${file}`), warnings };
}

if (import.meta.main) {
  try {
    const { folder, changed, warnings } = await buildModule(ownPaths);
    for (const warning of warnings) console.error(warning);
    for (const change of changed) console.log(change);
    console.log(`Built ${path.relative(process.cwd(), folder) || folder}.`);
  } catch (error) {
    if (!(error instanceof HelpError || error instanceof GenerateError)) throw error;
    for (const diagnostic of error.diagnostics) console.error(formatDiagnostic(diagnostic));
    process.exitCode = 1;
  }
}
