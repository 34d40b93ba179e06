import { spawn } from 'node:child_process';
import path from 'node:path';
import { findPowerShell } from 'powershell-driver/find-powershell';
import { powerShellEnvironment } from 'powershell-driver/powershell-environment';
import { modulesFolder } from './own-module.ts';

// The end of `npm start`, after the build: runs PowerShell with the module at hand: the tour, or whatever arguments of pwsh are given.

const executable = await findPowerShell();
const given = process.argv.slice(2);
const modulePath = [modulesFolder, process.env.PSModulePath].filter(Boolean).join(path.delimiter);
process.exitCode = given.length > 0 ? await runShell(given) : await runTour();

async function runTour(): Promise<number> {
  const { startTourEntra } = await import('fake-entra/tour');
  await using tour = await startTourEntra();
  // The help is English; where no language is set, PowerShell would break its lines inside of words.
  const environment = { ...tour.entra.environment, LC_ALL: 'en_US.UTF-8' };
  return await runShell(['-NoProfile', '-File', path.join(import.meta.dirname, 'tour.ps1')], environment);
}

/** Gives the shell's exit code. */
function runShell(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const shell = spawn(executable, ['-NoLogo', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...powerShellEnvironment, PSModulePath: modulePath, ...environment },
  });
  // Ctrl+C and an end of the terminal are the shell's to answer; this process ends with it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => shell.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}
