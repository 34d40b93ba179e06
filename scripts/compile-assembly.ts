import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { hostTables } from './host-tables.ts';

const repository = path.join(import.meta.dirname, '..');
const buildsFolder = path.join(repository, '.host');

/**
 * Compiles a C# project, such as the host, unless it was compiled from the same sources before.
 * @param sources the folder of the project
 * @param assembly the file name of what it makes
 * @returns the assembly's full path
 * @throws when there is no .NET SDK, or when it does not compile
 */
export async function compileAssembly(sources: string, assembly: string): Promise<string> {
  const folder = path.join(buildsFolder, await hashOf(sources));
  if (!existsSync(folder)) await compileInto(folder, sources, assembly);
  return path.join(folder, assembly);
}

/** Names a build by what goes into it. */
async function hashOf(sources: string): Promise<string> {
  const files = (await readdir(sources)).filter(name => /\.(cs|csproj)$/.test(name)).sort();
  const hash = createHash('sha256').update(await readFile(path.join(repository, 'global.json')));
  hash.update(hostTables());
  for (const name of files) hash.update(`\0${name}\0`).update(await readFile(path.join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Builds in a folder of its own and renames it, so that two processes may build at once and none sees half a build. */
async function compileInto(folder: string, sources: string, assembly: string): Promise<void> {
  await mkdir(buildsFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(buildsFolder, 'building-'));
  // The SDK leaves folders of its own there. Its pipes are there, too, so the path is a short one.
  const scratch = await mkdtemp(path.join(tmpdir(), 'dotnet-'));
  try {
    const output = path.join(temporary, 'out');
    const tables = path.join(temporary, 'Protocol.cs');
    await writeFile(tables, hostTables());
    await runDotnet(scratch, [
      'build',
      sources,
      '--configuration',
      'Release',
      '--output',
      output,
      '--artifacts-path',
      temporary,
      `-property:ProtocolFile=${tables}`,
    ]);
    await mkdir(path.join(temporary, 'host'));
    await cp(path.join(output, assembly), path.join(temporary, 'host', assembly));
    await rename(path.join(temporary, 'host'), folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runDotnet(scratch: string, args: string[]): Promise<void> {
  const env = {
    ...process.env,
    TMPDIR: scratch,
    TEMP: scratch,
    TMP: scratch,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    MSBUILDDISABLENODEREUSE: '1',
  };
  try {
    await promisify(execFile)('dotnet', [...args, '-nodeReuse:false', '--disable-build-servers'], {
      cwd: repository,
      env,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      const message = 'The host of every module is C#: install the .NET SDK 10 (dotnet), which compiles it.';
      throw new Error(message, { cause: error });
    }
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`${args[1]} could not be compiled.\n${output}`, { cause: error });
  }
}
