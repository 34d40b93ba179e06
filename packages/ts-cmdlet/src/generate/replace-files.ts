import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from '../files/retry-while-busy.ts';

/** A file's full path, and what it is to hold. */
export interface FileContent {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** A file cannot be written: the disk is full, or the place is not for this user. */
export class WriteError extends Error {
  readonly file: string;
  readonly reason: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file} cannot be written: ${reason}`, options);
    this.name = 'WriteError';
    this.file = file;
    this.reason = reason;
  }
}

/**
 * Writes files, all or none: each is written beside its place, and when all are there they take their places, after what
 * `beforeMove` does. A disk that is full leaves everything as it was, and nothing beside it. Throws `WriteError`.
 */
export async function replaceFiles(
  files: readonly FileContent[],
  beforeMove: () => Promise<void> = async () => {},
): Promise<void> {
  const suffix = `.${randomBytes(6).toString('hex')}.tmp`;
  const made: string[] = [];
  try {
    for (const { file, content } of files) {
      await writing(file, async () => {
        const folder = await mkdir(path.dirname(file), { recursive: true });
        made.push(folder ?? `${file}${suffix}`);
        await writeFile(`${file}${suffix}`, content);
      });
    }
    await beforeMove();
    for (const { file } of files) {
      await writing(file, () => retryWhileBusy(() => rename(`${file}${suffix}`, file)));
    }
  } catch (error) {
    await Promise.all(made.map(each => retryWhileBusy(() => rm(each, { recursive: true, force: true }))));
    throw error;
  }
}

/** Does what writes a file. What the file system refuses is a `WriteError`. */
export async function writing<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new WriteError(file, systemReason(error), { cause: error });
  }
}

/**
 * What the file system says, without what it was asked: of `EACCES: permission denied, open '/path'` the first half. The
 * path may be that of a temporary file.
 */
export function systemReason({ message }: Error): string {
  return message.replace(/, \w+( '.*)?$/s, '');
}
