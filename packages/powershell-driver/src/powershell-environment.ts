import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The environment variables of every PowerShell that is started here: it sends no telemetry and looks for no update. */
export const powerShellEnvironment = {
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
} as const;

/** Asks an executable for its version of PowerShell. Rejects where it is not a PowerShell. */
export async function askPowerShellVersion(executable: string): Promise<string> {
  const question = '$PSVersionTable.PSVersion.ToString()';
  const env = { ...process.env, ...powerShellEnvironment, NO_COLOR: '1' };
  const { stdout } = await run(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', question], { env });
  return stdout.trim();
}
