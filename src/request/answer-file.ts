import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RequestError } from './request-error.ts';
import type { OpenTransport, WireResponse } from './transport.ts';

/** A file that is sent. */
export interface SentFile {
  readonly size: number;
  /** Opens it anew. */
  open(): Readable;
}

/** Looks at a file that is to be sent. @throws RequestError `FileUnusable` */
export async function sentFile(path: string): Promise<SentFile> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unusable(path, 'it is not a file');
    return { size: found.size, open: () => createReadStream(path) };
  } catch (error) {
    throw error instanceof RequestError ? error : unusable(path, reasonOf(error), error);
  }
}

/**
 * Writes an answer into a file as it comes. The file is there when all of it has come: what stood in its place stays until
 * then.
 *
 * @throws RequestError `FileUnusable`, or why the answer broke off
 */
export async function writeAnswer(
  path: string,
  response: WireResponse,
  url: URL,
  transport: OpenTransport,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.partial`;
  let broken: unknown;
  response.body.once('error', error => {
    broken = error;
  });
  try {
    await pipeline(response.body, createWriteStream(unfinished, { flags: 'wx' }), { signal });
    await rename(unfinished, path);
  } catch (error) {
    response.body.destroy();
    if (!isExisting(error)) await rm(unfinished, { force: true });
    signal.throwIfAborted();
    throw broken === undefined ? unusable(path, reasonOf(error), error) : transport.failureOf(broken, url);
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function unusable(path: string, reason: string, cause?: unknown): RequestError {
  return new RequestError({
    code: 'FileUnusable',
    message: `The file ${path} cannot be used: ${reason}.`,
    recommendedAction: 'Check the path, and whether you may read or write there.',
    target: path,
    cause,
  });
}
