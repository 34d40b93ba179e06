import { createWriteStream } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** The two ends of the connection that a core's process was started with. */
export interface Connection {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Takes stdin and stdout for the protocol. Whatever else prints (`console.log`, a library) goes to stderr from then on,
 * so that a stray print cannot break a message.
 */
export function claimStandardStreams(): Connection {
  const output = openOutput();
  const divert: typeof process.stdout.write = (chunk, ...rest: unknown[]) => {
    const done = rest.findLast(argument => typeof argument === 'function');
    return process.stderr.write(chunk, error => done?.(error));
  };
  process.stdout.write = divert;
  return { input: process.stdin, output };
}

/** Opens stdout so that no write waits while the reader is slow, and a cancellation is still heard. */
function openOutput(): Writable {
  // A socket of our own does not block on Unix. On Windows Node.js has each pipe of fd 1 and 2 block, but not its threads
  // for files.
  if (process.platform === 'win32') return createWriteStream('', { fd: 1 });
  return new Socket({ fd: 1, readable: false, writable: true });
}

/** Ends this process, though the reader has left a write unread: a thread that waits for the reader would hold it up. */
export function exitUnread(output: Writable): void {
  if (output.writableLength > 0) process.kill(process.pid, 'SIGKILL');
  process.exit(0);
}
