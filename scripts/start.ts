import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildModule, ownPaths } from './build.ts';
import { findPowerShell } from './find-powershell.ts';

// `npm start`: builds, then runs PowerShell with the module at hand: the tour, or whatever arguments of pwsh are given.

await buildModule(ownPaths);
const { path: executable } = await findPowerShell();
const tour = ['-NoProfile', '-File', path.join(import.meta.dirname, 'tour.ps1')];
const given = process.argv.slice(2);
const modulePath = [ownPaths.modules, process.env.PSModulePath].filter(Boolean).join(path.delimiter);

const shell = spawn(executable, ['-NoLogo', ...(given.length > 0 ? given : tour)], {
  stdio: 'inherit',
  env: { ...process.env, PSModulePath: modulePath },
});
// Ctrl+C and an end of the terminal are the shell's to answer; this process ends with it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => shell.kill('SIGTERM'));
shell.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
