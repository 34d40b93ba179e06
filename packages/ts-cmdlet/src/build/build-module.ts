import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GenerateDiagnostic } from '../generate/generate-error.ts';
import { checkReadable, type GeneratedAll, generateAll } from '../generate/generate-module.ts';
import type { GeneratedFile } from '../generate/generated-file.ts';
import { addHostScripts } from '../generate/host-scripts.ts';
import { readModuleHelp } from '../generate/module-help.ts';
import { handWrittenObjectFiles } from '../generate/module-script.ts';
import { readModuleSettings } from '../generate/read-settings.ts';
import { type Difference, writeFiles } from '../generate/write-files.ts';
import { type HelpDiagnostic, HelpError, hasErrors } from '../help/diagnostic.ts';
import { bundleCore, removeStaleScripts } from './bundle-core.ts';
import { copyPackages, removeOtherPackages } from './copy-packages.ts';
import { removeStaleData } from './data-files.ts';
import { hostFolder } from './own-sources.ts';
import { readHostScripts } from './read-host-scripts.ts';
import { tryCore } from './try-core.ts';

/** Where a module is made from and where it goes: full paths. */
export interface BuildPaths {
  /** The folder that everything is in, with package.json and, where the project has one, its license. */
  readonly root: string;
  readonly help: string;
  readonly settings: string;
  readonly entry: string;
  readonly types: string;
  readonly modules: string;
}

type Diagnostic = HelpDiagnostic | GenerateDiagnostic;

/** What a build writes, apart from the core: files of the module's folder and of the folder of generated types. */
export interface BuildOutput {
  readonly folder: string;
  readonly module: readonly GeneratedFile[];
  /** Makes the module's files of a module whose handlers declare outputs or complete parameters. */
  readonly moduleOf: GeneratedAll['moduleOf'];
  readonly checkOutputs: GeneratedAll['checkOutputs'];
  readonly types: GeneratedFile[];
  /** The names of the cmdlets. */
  readonly commands: readonly string[];
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
  if (hasErrors(diagnostics)) {
    // What can be told of the other pages is told at once, but nothing is concluded from the pages that could not be read.
    throw new HelpError([...diagnostics, ...checkReadable(helps, settings.leaveOut)]);
  }
  const { module, moduleOf, checkOutputs, types, commands, warnings } = generateAll(
    helps,
    settings,
    settingsFile,
    pages,
    await readLicense(paths.root),
  );
  const hostScripts = await readHostScripts(hostFolder);
  const ownScripts = (settings.hostFunctions ?? []).map(({ file }) => file);
  const ownFiles = [...ownScripts, ...handWrittenObjectFiles(settings)].map(async file => {
    return { path: file, content: await readFile(path.join(path.dirname(paths.settings), file), 'utf8') };
  });
  const own = await Promise.all(ownFiles);
  const complete = (files: readonly GeneratedFile[]) => [
    ...addHostScripts(files, hostScripts, ownScripts.length > 0),
    ...own,
  ];
  return {
    folder: path.join(paths.modules, settings.name),
    module: complete(module),
    moduleOf: (outputs, completed) => complete(moduleOf(outputs, completed)),
    checkOutputs,
    types,
    commands,
    externalPackages: settings.externalPackages ?? [],
    warnings: [...diagnostics, ...warnings],
  };
}

/** Builds a module: generated files and the core. Throws as `generate` and `writeModule` do. */
export async function buildModule(paths: BuildPaths): Promise<BuildResult> {
  const output = await generate(paths);
  const changed = [...(await writeFiles(paths.types, output.types)), ...(await writeModule(paths, output))];
  return { folder: output.folder, changed, warnings: output.warnings };
}

/**
 * Writes a module's folder: generated files and the core, and the packages that stay outside of the core. Returns which
 * of the generated files it changed. Throws `WriteError` and `CoreFailedError`, and leaves the module as it was.
 */
export async function writeModule(
  { entry }: BuildPaths,
  { folder, module, externalPackages }: BuildOutput,
): Promise<Difference[]> {
  const coreFolder = path.join(folder, 'core');
  const { files: core, imports } = await bundleCore(entry, coreFolder, externalPackages);
  // First, because they are large: what is left to fail is small.
  const packages = await copyPackages(externalPackages, entry, coreFolder);
  await tryCore(core, coreFolder, imports);
  const changed = await writeFiles(folder, module, core);
  await removeOtherPackages(coreFolder, packages);
  await removeStaleScripts(coreFolder, core);
  await removeStaleData(coreFolder, core);
  return changed;
}

/** The project's own license, which goes into the module as it is; nothing where the project has none. */
async function readLicense(root: string): Promise<GeneratedFile[]> {
  const name = (await readdir(root)).find(file => /^licen[cs]e(\.(txt|md))?$/i.test(file));
  if (name === undefined) return [];
  return [{ path: name, content: (await readFile(path.join(root, name), 'utf8')).replaceAll('\r\n', '\n') }];
}
