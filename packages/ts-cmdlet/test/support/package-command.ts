import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const repository = path.join(import.meta.dirname, '..', '..', '..', '..');

/** The commands of packages that tests run, by the scripts that the packages' `bin` names. */
const scripts = {
  biome: path.join(repository, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  tsc: path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc'),
};

/**
 * Runs the command of an installed package in the repository's folder. What npm puts into `.bin` is a `.cmd` file on Windows,
 * which no program but a shell can start. Rejects as `execFile` does.
 */
export function runPackageCommand(command: keyof typeof scripts, args: readonly string[]) {
  return promisify(execFile)(process.execPath, [scripts[command], ...args], { cwd: repository });
}
