import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ModuleProject } from './module-project.ts';

/** An editor may write a file in several steps. */
const settleMilliseconds = 50;

/**
 * Waits until something of the module's sources or its help changes. Gives false when `signal` is aborted first. What is
 * changed after this call is not missed, so it comes before the build that it is about.
 */
export async function waitForChange(project: ModuleProject, signal: AbortSignal): Promise<boolean> {
  const changed = Promise.withResolvers<boolean>();
  const watchers = watchedFolders(project).map(({ folder, recursive }) =>
    watchFolder(folder, recursive, name => {
      if (!isOutput(project, path.join(folder, name))) changed.resolve(true);
    }).on('error', changed.reject),
  );
  const stop = () => changed.resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const isChanged = await changed.promise;
    if (isChanged) await setTimeout(settleMilliseconds, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  } finally {
    signal.removeEventListener('abort', stop);
    for (const watcher of watchers) watcher.close();
  }
}

function watchFolder(folder: string, recursive: boolean, onChange: (name: string) => void): FSWatcher {
  return watch(folder, { recursive }, (_event, name) => onChange(name ?? ''));
}

/** The project's folder itself, and those in it that are not made by a tool: node_modules alone may hold thousands. */
function watchedFolders(project: ModuleProject): { folder: string; recursive: boolean }[] {
  const roots = new Set([path.dirname(project.entry), project.help]);
  return [...roots].flatMap(root => {
    // A folder that is gone may come back, as when another branch is checked out.
    if (!existsSync(root)) return [{ folder: path.dirname(root), recursive: false }];
    const folders = readdirSync(root, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(entry => path.join(root, entry.name))
      .filter(folder => !isOutput(project, folder));
    return [{ folder: root, recursive: false }, ...folders.map(folder => ({ folder, recursive: true }))];
  });
}

function isOutput({ types, modules }: ModuleProject, file: string): boolean {
  const isIn = (folder: string) => file === folder || file.startsWith(folder + path.sep);
  return isIn(types) || isIn(modules) || file.split(path.sep).includes('node_modules');
}
