// Installs the packages that package-lock.json names, unless just those are installed. Plain JavaScript for any Node.js,
// because it runs before the one that the project brings along.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const wanted = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const stamp = path.join(root, 'node_modules', '.installed-package-lock.json');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const npm = process.env.npm_execpath;
  if (!npm) {
    console.error('Run this through npm: npm start, npm test or npm run build.');
    process.exit(1);
  }
  // This Node.js only runs npm; the packages ask for the newer one that comes with them.
  const options = ['ci', '--loglevel=error', '--no-engine-strict'];
  const { status } = spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}
