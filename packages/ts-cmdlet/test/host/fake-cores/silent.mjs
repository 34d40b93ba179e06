// A core that connects and never says a word.
import { writeFileSync } from 'node:fs';
import { socket } from './connection.mjs';

if (process.env.FAKE_CORE_FILE) writeFileSync(process.env.FAKE_CORE_FILE, String(process.pid));
process.on('SIGINT', () => {});
socket.resume();
