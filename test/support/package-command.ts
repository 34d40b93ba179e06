import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const project = path.join(import.meta.dirname, '..', '..');

/** The commands of packages that tests run, by the scripts that the packages' `bin` names. */
const scripts = {
  biome: path.join(project, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  tsc: path.join(project, 'node_modules', 'typescript', 'bin', 'tsc'),
};

/**
 * Runs the command of an installed package in the project's folder. What npm puts into `.bin` is a `.cmd` file on Windows,
 * which no program but a shell can start. Rejects as `execFile` does.
 */
export function runPackageCommand(command: keyof typeof scripts, args: readonly string[]) {
  return promisify(execFile)(process.execPath, [scripts[command], ...args], { cwd: project });
}
