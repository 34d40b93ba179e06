import { readFile, rm, writeFile } from 'node:fs/promises';

/** Acts while a file holds what `change` gives for its text, or is missing where that is `undefined`. */
export async function whileChanged<T>(
  file: string,
  change: (text: string) => string | undefined,
  action: () => Promise<T>,
): Promise<T> {
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  await (changed === undefined ? rm(file) : writeFile(file, changed));
  try {
    return await action();
  } finally {
    await writeFile(file, text);
  }
}
