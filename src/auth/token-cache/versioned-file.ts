import { randomBytes } from 'node:crypto';
import { link, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileBusy } from 'ts-cmdlet';
import { TokenCacheUnavailable } from './guard.ts';
import { checkOwnFolder, createOwnFile, makeOwnFolder, readOwnFile, syncFolder } from './own-files.ts';

/** A temporary file that is older was left by a session that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

/** How many versions before it a version names. */
const ANCESTORS = 100;

/** What a versioned file holds: its newest version. There is no text where it was emptied or never written. */
export interface Version {
  readonly number: number;
  readonly text: string | undefined;
  /** Random ids: of this version, then of those before it, as far as they are known. */
  readonly ids: readonly string[];
}

/**
 * A file for this user alone that several processes change, without a lock: each version is a file of its own, such as
 * `token-cache.7`, and is published by `link`, which fails where another process has published that version. So nothing is
 * undone by a process that was suspended, none waits for one that was killed, and no version is ever seen half written. An
 * emptied file leaves a version without a text: a process that has seen an older one can tell.
 */
export class VersionedFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #names: RegExp;

  /** @param name the beginning of the files' names, of letters and dashes */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.#names = new RegExp(`^${name}\\.([1-9]\\d{0,14})$`);
  }

  /** The full path of a version. */
  pathOf(version: number): string {
    return path.join(this.#folder, `${this.#name}.${version}`);
  }

  /**
   * Reads the newest version; number 0 where there is none.
   * @throws TokenCacheUnavailable for what stands in its place and is no file of this user's, or is far too long
   */
  async read(): Promise<Version> {
    // Another process may publish a version, and remove this one, between the two looks.
    for (let seen = 0; ; ) {
      const number = await this.#newest();
      if (number === 0) return { number, text: undefined, ids: [] };
      try {
        return { number, ...parse(await retryWhileBusy(() => readOwnFile(this.pathOf(number)))) };
      } catch (error) {
        if (!isAbsence(error) || number === seen) throw error;
        seen = number;
      }
    }
  }

  /**
   * Publishes the version after one that was read; no text empties the file. Gives false where another process was first.
   * @throws TokenCacheUnavailable where it cannot be written: on a full disk the file stays as it was
   */
  async replace(before: Version, text: string | undefined): Promise<boolean> {
    await makeOwnFolder(this.#folder);
    const number = before.number + 1;
    const id = randomBytes(8).toString('hex');
    const temporary = path.join(this.#folder, `${this.#name}.${id}.tmp`);
    try {
      const ids = [id, ...before.ids.slice(0, ANCESTORS)];
      await createOwnFile(temporary, `${ids.join(' ')}\n${text ?? ''}`);
      if (!(await publish(temporary, this.pathOf(number)))) return false;
      if (!(await this.#isPublished(number, id))) return false;
      await syncFolder(this.#folder);
    } catch (error) {
      // What Node says of a write tells no file.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new TokenCacheUnavailable(`${this.pathOf(number)} cannot be written (${error.message})`, { cause: error });
    } finally {
      await remove(temporary);
    }
    await this.#removeOld(number);
    return true;
  }

  /** Keeps a version beside, out of the way, and empties the file. Gives the path of what was kept. */
  async setAside(version: Version, now: Date = new Date()): Promise<string> {
    const aside = `${this.pathOf(version.number)}.${now.toISOString().replaceAll(/[-:.]/g, '')}.unusable`;
    await publish(this.pathOf(version.number), aside);
    await this.replace(version, undefined);
    return aside;
  }

  /**
   * Whether a version that has just got its name is one that others see. To a process that was suspended after it read, a
   * number is free again whose version was removed for a newer one, which does not name this one among those before it.
   */
  async #isPublished(number: number, id: string): Promise<boolean> {
    const newest = await this.read();
    if (newest.number === number || newest.ids.includes(id)) return true;
    await remove(this.pathOf(number));
    return false;
  }

  async #newest(): Promise<number> {
    return Math.max(0, ...(await this.#list()).map(name => Number(this.#names.exec(name)?.[1] ?? 0)));
  }

  async #list(): Promise<string[]> {
    try {
      await checkOwnFolder(this.#folder);
      return await readdir(this.#folder);
    } catch (error) {
      if (isAbsence(error)) return [];
      throw error;
    }
  }

  /** Removes the versions before one, and what killed processes left. */
  async #removeOld(newest: number): Promise<void> {
    for (const name of await this.#list()) {
      const file = path.join(this.#folder, name);
      const version = Number(this.#names.exec(name)?.[1] ?? newest);
      if (version < newest || (await this.#isAbandoned(name))) await remove(file);
    }
  }

  async #isAbandoned(name: string): Promise<boolean> {
    if (!name.startsWith(`${this.#name}.`) || !name.endsWith('.tmp')) return false;
    try {
      return Date.now() - (await stat(path.join(this.#folder, name))).mtimeMs > ABANDONED_MS;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }
}

/** The first line has the ids; of a file that something else wrote, it has none that any process knows. */
function parse(content: string): Pick<Version, 'text' | 'ids'> {
  const end = content.indexOf('\n');
  if (end < 0) return { text: content, ids: [] };
  return { text: content.slice(end + 1) || undefined, ids: content.slice(0, end).split(' ') };
}

/** Gives a file a second name; false where the name is taken. */
async function publish(file: string, name: string): Promise<boolean> {
  try {
    await retryWhileBusy(() => link(file, name));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function remove(file: string): Promise<void> {
  return retryWhileBusy(() => rm(file, { force: true }));
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
