import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is fetched into the clone, once for each version. */
export const toolsFolder = path.resolve(import.meta.dirname, '..', '..', '..', '.powershell');

/**
 * Makes a folder of the tools, unless it is there. `fetchInto` fills a folder of its own, which is then renamed, so that two
 * processes may fetch at once and none sees half a tool.
 */
export async function fetchOnce(folder: string, fetchInto: (temporary: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(toolsFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(toolsFolder, 'installing-'));
  try {
    const tool = path.join(temporary, 'tool');
    await fetchInto(tool);
    await rename(tool, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * Runs the .NET SDK, and removes what it leaves in the temporary folder.
 * @throws with `missing` where the SDK is not installed, and with its output where it cannot make `what`
 */
export async function runDotnet(args: readonly string[], what: string, missing: string): Promise<void> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'dotnet-'));
  const folders = { TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  try {
    await run('dotnet', args, {
      env: { ...process.env, ...folders, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(missing, { cause: error });
    const output =
      error instanceof Error && 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}` : '';
    throw new Error(`${what} could not be made by dotnet ${args.join(' ')}.\n${output}`, { cause: error });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
