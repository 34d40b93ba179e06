import { execFileSync } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';

// Compiles the package ts-cmdlet to JavaScript with types, in dist: Node.js strips no types inside of node_modules. npm runs
// this when the project is installed and when it is packed.

const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

await rm(dist, { recursive: true, force: true });
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '--project', 'tsconfig.package.json'], { cwd: root, stdio: 'inherit' });
for (const folder of ['host/powershell', 'cli/template']) {
  await cp(path.join(root, 'src', folder), path.join(dist, folder), { recursive: true });
}
