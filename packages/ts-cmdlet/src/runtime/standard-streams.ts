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
  // A socket of our own does not block while the reader is slow, so a cancellation is still heard.
  const output = new Socket({ fd: 1, readable: false, writable: true });
  const divert: typeof process.stdout.write = (chunk, ...rest: unknown[]) => {
    const done = rest.findLast(argument => typeof argument === 'function');
    return process.stderr.write(chunk, error => done?.(error));
  };
  process.stdout.write = divert;
  return { input: process.stdin, output };
}
