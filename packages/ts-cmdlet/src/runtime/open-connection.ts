import { readSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { startLine } from '../protocol/message-validators.ts';
import type { ReadyParams, StartLine } from '../protocol/messages.ts';
import { writeLine } from '../protocol/ndjson.ts';
import { METHODS, PROTOCOL_VERSION } from '../protocol/protocol.ts';

/** The two ends of a connection to PowerShell. */
export interface Connection {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Connects to the PowerShell that started this process: to a socket or a pipe, so that standard input and output are free
 * for handlers and for programs that they start. Ends the process where there is no PowerShell any more.
 */
export function openConnection(): Connection {
  const { address, nonce } = readStartLine();
  const socket: Socket = connect({ path: address });
  socket.on('error', () => process.exit(0));
  const ready: ReadyParams = {
    nonce,
    protocolVersion: PROTOCOL_VERSION,
    nodeVersion: process.versions.node,
    processId: process.pid,
    executable: process.execPath,
  };
  void writeLine(socket, { jsonrpc: '2.0', method: METHODS.ready, params: ready });
  return { input: socket, output: socket };
}

/** Waits for it. PowerShell writes it while Node.js starts. */
function readStartLine(): StartLine {
  const bytes = Buffer.alloc(4096);
  let length = 0;
  for (let count = 1; count > 0 && !bytes.includes(0x0a); length += count) {
    count = readSync(0, bytes, length, bytes.length - length, null);
  }
  if (length === 0) process.exit(0);
  const line: unknown = JSON.parse(bytes.toString('utf8', 0, length));
  if (!startLine.accepts(line)) throw new Error(`The first line of standard input: ${startLine.explain()}`);
  return line;
}
