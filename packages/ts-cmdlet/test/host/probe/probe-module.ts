import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildPaths, buildModule, generate } from '../../../src/build/build-module.ts';
import { bundleCore } from '../../../src/build/bundle-core.ts';
import { hostAssembly } from '../../../src/build/own-sources.ts';
import { writeFiles } from '../../../src/generate/write-files.ts';

/** Where the probe module is made from; it goes into a folder that the tests give. */
export const probePaths: Omit<BuildPaths, 'modules'> = {
  root: import.meta.dirname,
  help: path.join(import.meta.dirname, 'help'),
  settings: path.join(import.meta.dirname, 'module.json'),
  entry: path.join(import.meta.dirname, 'main.ts'),
  types: path.join(import.meta.dirname, 'generated'),
};

/** A built probe module in a temporary folder. Dispose of it when its shells have ended. */
export interface ProbeModule extends AsyncDisposable {
  readonly manifest: string;
  readonly folder: string;
  /** A temporary folder for what a test writes. */
  readonly scratch: string;
}

/** Builds the probe module; with `core`, that file takes the place of its core. */
export async function makeProbeModule(core?: string): Promise<ProbeModule> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'host-probe-'));
  const { folder, module } = await generate({ ...probePaths, modules: scratch });
  const coreFolder = path.join(folder, 'core');
  await writeFiles(folder, module, core === undefined ? (await bundleCore(probePaths.entry, coreFolder)).files : []);
  if (core !== undefined) {
    await cp(core, path.join(coreFolder, 'core.mjs'));
    await cp(path.join(path.dirname(core), 'connection.mjs'), path.join(coreFolder, 'connection.mjs'));
    await cp(hostAssembly, path.join(coreFolder, path.basename(hostAssembly)));
  }
  return {
    manifest: path.join(folder, 'HostProbe.psd1'),
    folder,
    scratch,
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

// Run by itself, it brings the committed types up to date.
if (import.meta.main) {
  const modules = await mkdtemp(path.join(tmpdir(), 'host-probe-'));
  try {
    const { changed } = await buildModule({ ...probePaths, modules });
    for (const { kind, path: file } of changed) console.log(`${kind}: ${file}`);
  } finally {
    await rm(modules, { recursive: true, force: true });
  }
}
