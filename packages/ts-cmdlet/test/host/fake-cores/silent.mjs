// A core that reads and never says a word.
import { writeFileSync } from 'node:fs';

if (process.env.FAKE_CORE_FILE) writeFileSync(process.env.FAKE_CORE_FILE, String(process.pid));
process.on('SIGINT', () => {});
process.stdin.on('end', () => process.exit(0)).resume();
