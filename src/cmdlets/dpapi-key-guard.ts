import { rm } from 'node:fs/promises';
import path from 'node:path';
import { CmdletError, type Invocation, retryWhileBusy } from 'ts-cmdlet';
import { tokenCacheFolder } from '../auth/token-cache/folder.ts';
import { type KeyGuard, TokenCacheUnavailable } from '../auth/token-cache/guard.ts';
import { createOwnFile, makeOwnFolder, readOwnFile } from '../auth/token-cache/own-files.ts';
import { tokenCacheKey } from './key-guard-validators.ts';

/** Windows: a file with each key, which DPAPI has encrypted in PowerShell's process (TokenCacheKey.ps1). */
export function dpapiKeyGuard(invocation: Invocation): KeyGuard {
  const fileOf = (id: string) => path.join(tokenCacheFolder(), `token-cache.${id}.key`);

  async function call(name: string, key: string): Promise<string> {
    try {
      const answer = await invocation.callHost(name, { Key: key });
      if (tokenCacheKey.accepts(answer)) return answer.entries.key;
      throw new TokenCacheUnavailable(`the answer of ${name}: ${tokenCacheKey.explain()}`);
    } catch (error) {
      if (error instanceof CmdletError) throw new TokenCacheUnavailable(error.message, { cause: error });
      throw error;
    }
  }

  return {
    async read(id) {
      const text = await readFile(fileOf(id));
      return text === undefined ? undefined : Buffer.from(await call('Unprotect-TokenCacheKey', text), 'base64');
    },
    async write(id, key) {
      const text = await call('Protect-TokenCacheKey', key.toString('base64'));
      await makeOwnFolder(path.dirname(fileOf(id)));
      await createOwnFile(fileOf(id), text);
    },
    async remove(id) {
      await retryWhileBusy(() => rm(fileOf(id), { force: true }));
    },
  };
}

/** Gives a file's text; nothing where there is no such file. */
async function readFile(file: string): Promise<string | undefined> {
  try {
    return await retryWhileBusy(() => readOwnFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
