import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// Linux lets a file be renamed and removed while another process has it open, so what Windows refuses then cannot be had
// here: Node's functions refuse in its place, and after that do what they always do.

/** What asks for a file's name to be changed, made or removed. */
export type FileOperation = 'rename' | 'rm' | 'rmdir' | 'open' | 'symlink' | 'link' | 'readFile' | 'stat';

/** What refuses operations until it is disposed of. */
export interface RefusedFiles extends Disposable {
  /** What was refused, in order, such as `rename EPERM`. */
  readonly refused: readonly string[];
}

/**
 * Refuses operations on a file or folder and what is below it, each a number of times for each file, with these codes in turn.
 * @param times Infinity refuses for good
 */
export function refuseFiles(
  folder: string,
  operations: readonly FileOperation[],
  {
    times = 2,
    codes = ['EPERM', 'EBUSY', 'EACCES'],
  }: { readonly times?: number; readonly codes?: readonly string[] } = {},
): RefusedFiles {
  const refused: string[] = [];
  const left = new Map<string, number>();
  const originals = operations.map(name => [name, fs[name]] as const);
  for (const [name, original] of originals) {
    const replacement = async (...args: unknown[]) => {
      const files = args
        .filter(arg => typeof arg === 'string')
        .filter(arg => arg === folder || arg.startsWith(folder + path.sep));
      const key = [name, ...files].join('\0');
      const remaining = left.get(key) ?? times;
      if (files.length > 0 && remaining > 0) {
        left.set(key, remaining - 1);
        const code = codes[refused.length % codes.length] ?? '';
        refused.push(`${name} ${code}`);
        const message = `${code}: refused by the test, ${name} '${files[0]}'`;
        throw Object.assign(new Error(message), { code, syscall: name, path: files[0] });
      }
      return Reflect.apply(original, fs, args);
    };
    Object.assign(fs, { [name]: replacement });
  }
  syncBuiltinESMExports();
  return {
    refused,
    [Symbol.dispose]() {
      Object.assign(fs, Object.fromEntries(originals));
      syncBuiltinESMExports();
    },
  };
}

/** The environment in which Node.js makes no links below a folder, as on a volume that has none. */
export function refusingLinks(folder: string): NodeJS.ProcessEnv {
  const preload = pathToFileURL(path.join(import.meta.dirname, 'refused-files-preload.ts')).href;
  return { NODE_OPTIONS: `--import=${preload}`, REFUSED_FOLDER: folder };
}
