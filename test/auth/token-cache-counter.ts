import { VersionedFile } from '../../src/auth/token-cache/versioned-file.ts';

// A process of token-cache-files.test.ts: counts up in a versioned file.

const [folder = '', times = ''] = process.argv.slice(2);
const counter = new VersionedFile(folder, 'counter');
for (let turn = 0; turn < Number(times); ) {
  const version = await counter.read();
  if (await counter.replace(version, String(Number(version.text ?? 0) + 1))) turn += 1;
}
