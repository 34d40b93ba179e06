// The way of a core that misbehaves to its host: it begins properly, and then writes and reads what it is asked to. Writing
// waits, as a core that blocks says what it does before.
import { readSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

function readStart() {
  const bytes = Buffer.alloc(4096);
  let length = 0;
  for (let count = 1; count > 0 && !bytes.includes(0x0a); length += count) {
    count = readSync(0, bytes, length, bytes.length - length, null);
  }
  return JSON.parse(bytes.toString('utf8', 0, length));
}

const { address, nonce } = readStart();

export const socket = connect({ path: address });
await new Promise(resolve => socket.once('connect', resolve));
socket.on('error', () => process.exit(0));
socket.on('end', () => process.exit(0));

/** Writes bytes, at once. */
export function write(bytes) {
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(socket._handle.fd, bytes, sent, bytes.length - sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') process.exit(0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

export const send = message => write(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`));

/** Says that it is there, with what is said otherwise than a good core does. */
export function sayReady(changes = {}) {
  const { versions, pid: processId, execPath: executable } = process;
  const ready = { nonce, protocolVersion: 6, nodeVersion: versions.node, processId, executable };
  send({ method: 'core/ready', params: { ...ready, ...changes } });
}

/** The messages of the host, parsed. */
export async function* messages() {
  for await (const line of createInterface({ input: socket })) yield JSON.parse(line);
}
