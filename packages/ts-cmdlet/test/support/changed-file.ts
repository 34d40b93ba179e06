import { readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Acts while a file holds what `change` gives for its bytes, each as a character (latin1), or is missing where that is
 * `undefined`.
 */
export async function whileChanged<T>(
  file: string,
  change: (text: string) => string | undefined,
  action: () => Promise<T>,
): Promise<T> {
  const bytes = await readFile(file);
  const changed = change(bytes.toString('latin1'));
  await (changed === undefined ? rm(file) : writeFile(file, changed, 'latin1'));
  try {
    return await action();
  } finally {
    await writeFile(file, bytes);
  }
}
