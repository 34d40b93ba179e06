import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

/** When a session's first call has been answered, and what it needed is compiled. */
const MILLISECONDS_TO_FIRST_ANSWER = 2000;

/** A core has two to ten scripts, and each build of it others. */
const MAX_SCRIPTS = 200;

/**
 * Has Node.js keep what V8 compiles of this core's scripts for the cores of later sessions, in the user's cache folder: to compile
 * them is more than half of what a core's start takes longer than an empty script's. Nothing is kept where there is no such
 * folder, where others than this user could put code there (as in a `sudo` that keeps HOME), or under Node.js' own
 * NODE_DISABLE_COMPILE_CACHE.
 */
export function keepCompiledCode(): void {
  const folder = codeFolder();
  if (folder === undefined || enableCompileCache(folder).directory === undefined) return;
  // Node.js writes it when a process ends, too; but many are ended from outside.
  setTimeout(() => {
    flushCompileCache();
    removeOldest(folder);
  }, MILLISECONDS_TO_FIRST_ANSWER).unref();
}

/** The folder for compiled code, made if need be; undefined where this user has none that is this user's alone. */
function codeFolder(): string | undefined {
  try {
    const caches = cachesFolder();
    mkdirSync(caches, { recursive: true, mode: 0o700 });
    if (!isOwn(caches)) return undefined;
    const folder = path.join(caches, 'ts-cmdlet', 'compiled');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder) ? folder : undefined;
  } catch {
    // A service's account may have no home, or one that is read-only: its cores compile their scripts each time.
    return undefined;
  }
}

/** Where this platform has an application's caches: XDG Base Directory, Apple's File System Programming Guide, and Known Folders. */
function cachesFolder(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  const { XDG_CACHE_HOME } = process.env;
  return XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(homedir(), '.cache');
}

/** Whether a folder is this user's, and nobody else can write to it. On Windows, the folder of a profile is. */
function isOwn(folder: string): boolean {
  if (process.getuid === undefined) return true;
  const { uid, mode } = statSync(folder);
  return uid === process.getuid() && (mode & 0o022) === 0;
}

/** Removes the code of scripts that other builds have replaced. */
function removeOldest(folder: string): void {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name));
    if (files.length <= MAX_SCRIPTS) return;
    const byAge = files.map(file => ({ file, written: statSync(file).mtimeMs })).sort((a, b) => b.written - a.written);
    for (const { file } of byAge.slice(MAX_SCRIPTS)) rmSync(file, { force: true });
  } catch {
    // Another core removes the same; the next one goes on.
  }
}
