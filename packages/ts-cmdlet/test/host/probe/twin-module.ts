import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildModule } from '../../../src/build/build-module.ts';
import { readModuleSettings } from '../../../src/generate/read-settings.ts';
import { type ProbeModule, probePaths } from './probe-module.ts';

/** Builds a second module, HostTwin, whose cmdlets do what those of the probe module do. */
export async function makeTwinModule(): Promise<ProbeModule> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'host-twin-'));
  const help = path.join(scratch, 'help');
  await mkdir(help);
  const renamed = async (file: string) => (await readFile(file, 'utf8')).replaceAll('Probe', 'Twin');
  for (const verb of ['Measure', 'Test']) {
    await writeFile(path.join(help, `${verb}-Twin.md`), await renamed(path.join(probePaths.help, `${verb}-Probe.md`)));
  }
  const functions = path.join(path.dirname(probePaths.settings), 'ProbeFunctions.ps1');
  await writeFile(path.join(scratch, 'TwinFunctions.ps1'), await renamed(functions));
  const settings = path.join(scratch, 'module.json');
  const { pathParameters, secretParameters, parameterValidation, ...rest } = readModuleSettings(
    await renamed(probePaths.settings),
    settings,
  );
  const own = { guid: rest.guid?.replace('0', '1'), secretParameters: { 'Measure-Twin': ['Name'] } };
  await writeFile(settings, JSON.stringify({ ...rest, ...own }));
  const entry = path.join(import.meta.dirname, 'twin-main.ts');
  const types = path.join(scratch, 'generated');
  const { folder } = await buildModule({ ...probePaths, help, settings, entry, types, modules: scratch });
  return {
    manifest: path.join(folder, 'HostTwin.psd1'),
    folder,
    scratch,
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}
