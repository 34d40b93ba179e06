import path from 'node:path';
import { PrivateFile } from '../../src/auth/token-cache/file.ts';

// A process of token-cache-files.test.ts: counts up in a file, under its lock.

const [folder = '', times = ''] = process.argv.slice(2);
const counter = new PrivateFile(path.join(folder, 'counter'));
for (let turn = 0; turn < Number(times); turn += 1) {
  await counter.locked(new AbortController().signal, async () => {
    await counter.write(String(Number(await counter.read()) + 1));
  });
}
