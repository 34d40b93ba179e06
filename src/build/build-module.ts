import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GenerateDiagnostic } from '../generate/generate-error.ts';
import { generateAll } from '../generate/generate-module.ts';
import type { GeneratedFile } from '../generate/generated-file.ts';
import { readModuleHelp } from '../generate/module-help.ts';
import { handWrittenScripts, MODULE_HOST_FILE } from '../generate/module-script.ts';
import { readModuleSettings } from '../generate/module-settings.ts';
import { type Difference, writeFiles } from '../generate/write-files.ts';
import { type HelpDiagnostic, HelpError, hasErrors } from '../help/diagnostic.ts';
import { bundleCore } from './bundle-core.ts';
import { copyPackages } from './copy-packages.ts';
import { hostFolder } from './host-sources.ts';
import { readHostScript } from './read-host-script.ts';

/** Where a module is made from and where it goes; all but `hostSpecifier` are full paths. */
export interface BuildPaths {
  readonly help: string;
  readonly settings: string;
  readonly entry: string;
  /** What the generated types import the host from: the package, or this project's own folder for its own modules. */
  readonly hostSpecifier: string;
  readonly types: string;
  readonly modules: string;
}

type Diagnostic = HelpDiagnostic | GenerateDiagnostic;

/** What a build writes, apart from the core: files of the module's folder and of the folder of generated types. */
export interface BuildOutput {
  readonly folder: string;
  readonly module: GeneratedFile[];
  readonly types: GeneratedFile[];
  /** Packages that go beside the core as they are. They differ by platform, so the manifest does not list them. */
  readonly externalPackages: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** What a build did. */
export interface BuildResult {
  readonly folder: string;
  readonly changed: readonly Difference[];
  readonly warnings: readonly Diagnostic[];
}

/** Reads the help and makes everything generated. Throws `HelpError` or `GenerateError`, and writes nothing. */
export async function generate(paths: BuildPaths): Promise<BuildOutput> {
  const settingsFile = path.relative(process.cwd(), paths.settings).replaceAll(path.sep, '/');
  const settings = readModuleSettings(await readFile(paths.settings, 'utf8'), settingsFile);
  const { helps, pages, diagnostics } = await readModuleHelp(paths.help, settings.culture);
  if (hasErrors(diagnostics)) throw new HelpError(diagnostics);
  const { module, types, warnings } = generateAll(helps, settings, paths.hostSpecifier, settingsFile, pages);
  const scripts = handWrittenScripts(settings).map(async file => {
    const isHost = file === MODULE_HOST_FILE;
    const own = path.join(path.dirname(paths.settings), file);
    return { path: file, content: await (isHost ? readHostScript(hostFolder) : readFile(own, 'utf8')) };
  });
  return {
    folder: path.join(paths.modules, settings.name),
    module: [...module, ...(await Promise.all(scripts))],
    types,
    externalPackages: settings.externalPackages ?? [],
    warnings: [...diagnostics, ...warnings],
  };
}

/** Builds a module: generated files, then the core. Throws as `generate` does. */
export async function buildModule(paths: BuildPaths): Promise<BuildResult> {
  const output = await generate(paths);
  const { folder, module, types, warnings } = output;
  const changed = [...(await writeFiles(paths.types, types)), ...(await writeFiles(folder, module))];
  await buildCore(paths, output);
  return { folder, changed, warnings };
}

/** Makes the core in a module's folder, with the packages that stay outside of it. */
export async function buildCore({ entry }: BuildPaths, { folder, externalPackages }: BuildOutput): Promise<void> {
  const core = path.join(folder, 'core');
  await bundleCore(entry, core, externalPackages);
  await copyPackages(externalPackages, entry, core);
}
