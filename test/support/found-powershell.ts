import { findPowerShell } from 'powershell-driver/find-powershell';

/** Looks for PowerShell once for all test files, and fetches it where there is none. */
export async function setup(): Promise<void> {
  process.env.POWERSHELL_EXE = await findPowerShell();
}
