import { homedir } from 'node:os';
import path from 'node:path';
import { TokenCacheUnavailable } from './guard.ts';

/**
 * The folder of the token cache, in the platform's place for a user's local application data: LOCALAPPDATA, Application
 * Support, or what the XDG Base Directory Specification says.
 * @throws TokenCacheUnavailable where the environment names no such place
 */
export function tokenCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const parent = dataFolder(environment);
  if (path.isAbsolute(parent)) return path.join(parent, 'SecMgmt');
  throw new TokenCacheUnavailable("there is no folder for this user's application data");
}

function dataFolder({ LOCALAPPDATA, XDG_DATA_HOME }: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return LOCALAPPDATA ?? '';
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  // The specification has a relative path ignored.
  return XDG_DATA_HOME && path.isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : path.join(homedir(), '.local', 'share');
}
