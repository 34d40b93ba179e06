import path from 'node:path';
import { runPowerShell } from 'powershell-driver/process';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

const MARK = 'measurement ';

/**
 * Runs one of the scripts in `bench/powershell` in a PowerShell of its own, with the modules of a folder on its module
 * path, and more in its environment where given. Gives the measurement that it writes (`Write-Measurement`), which must be of the schema. Throws when the script
 * fails.
 */
export async function runMeasurement<T extends TSchema>(
  schema: T,
  script: string,
  parameters: Readonly<Record<string, string | number>>,
  moduleFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Static<T>> {
  const file = path.join(import.meta.dirname, 'powershell', script);
  const given = Object.entries(parameters).flatMap(([name, value]) => [`-${name}`, `${value}`]);
  const { stdout, stderr, exitCode } = await runPowerShell(['-NonInteractive', '-File', file, ...given], '', {
    PSModulePath: moduleFolder,
    // A home of a user has one; without it, a session's first import waits in the engine.
    PSModuleAnalysisCachePath: path.join(moduleFolder, 'ModuleAnalysisCache'),
    // The same Node.js for all that is compared, and nothing that a mistake could reach.
    SECMGMT_NODE: process.execPath,
    HOSTPROBE_NODE: process.execPath,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '',
    ...environment,
  });
  const line = stdout.split(/\r?\n/).findLast(each => each.startsWith(MARK));
  if (exitCode !== 0 || stderr !== '' || line === undefined) {
    throw new Error(`${script} failed with exit code ${exitCode}: ${stderr || stdout}`);
  }
  return Value.Parse(schema, JSON.parse(line.slice(MARK.length)));
}
