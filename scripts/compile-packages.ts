import { execFileSync } from 'node:child_process';
import { chmod, cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

// Compiles the package ts-cmdlet to JavaScript with types, in its dist: Node.js strips no types inside of node_modules.
// npm runs this when the project is installed.

const root = path.join(import.meta.dirname, '..', 'packages', 'ts-cmdlet');
const dist = path.join(root, 'dist');

await rm(dist, { recursive: true, force: true });
const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
execFileSync(process.execPath, [path.join(typescript, 'bin', 'tsc'), '--project', 'tsconfig.dist.json'], {
  cwd: root,
  stdio: 'inherit',
});
for (const folder of ['host', 'cli/template']) {
  await cp(path.join(root, 'src', folder), path.join(dist, folder), { recursive: true });
}
// npm makes a command executable when it installs a package, and here there was none yet.
await chmod(path.join(dist, 'cli', 'main.js'), 0o755);
