import { open, readFile } from 'node:fs/promises';

/** How much of a process is read at a time. */
const PIECE_BYTES = 16 * 1024 * 1024;

/**
 * Counts how often bytes are in the memory of a running process that this one started, as Linux shows it (proc(5)): in
 * everything that can be written to, heaps and stacks among it.
 */
export async function countInMemory(id: number, bytes: Buffer): Promise<number> {
  const maps = (await readFile(`/proc/${id}/maps`, 'utf8')).matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm);
  await using memory = await open(`/proc/${id}/mem`, 'r');
  const piece = Buffer.alloc(PIECE_BYTES + bytes.length - 1);
  let found = 0;
  for (const [, from, to] of maps) {
    const end = Number.parseInt(to ?? '', 16);
    for (let at = Number.parseInt(from ?? '', 16); at < end; at += PIECE_BYTES) {
      // Pieces overlap, so that what lies across two of them is found, and once.
      const length = Math.min(piece.length, end - at);
      // What has been given back in the meantime cannot be read.
      const { bytesRead } = await memory.read(piece, 0, length, at).catch(() => ({ bytesRead: 0 }));
      found += countIn(piece.subarray(0, bytesRead), bytes);
    }
  }
  return found;
}

function countIn(buffer: Buffer, bytes: Buffer): number {
  let found = 0;
  for (let at = buffer.indexOf(bytes); at >= 0; at = buffer.indexOf(bytes, at + 1)) found += 1;
  return found;
}
