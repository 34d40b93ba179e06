import path from 'node:path';
import { CmdletError, type Invocation } from 'ts-cmdlet';
import { PrivateFile } from '../auth/token-cache/file.ts';
import { tokenCacheFolder } from '../auth/token-cache/folder.ts';
import { type KeyGuard, TokenCacheUnavailable } from '../auth/token-cache/guard.ts';
import { tokenCacheKey } from './key-guard-validators.ts';

/** Windows: a file with the key, which DPAPI has encrypted in PowerShell's process (TokenCacheKey.ps1). */
export function dpapiKeyGuard(invocation: Invocation): KeyGuard {
  const file = () => new PrivateFile(path.join(tokenCacheFolder(), 'token-cache.key'));

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
    async read() {
      const text = await file().read();
      return text === undefined ? undefined : Buffer.from(await call('Unprotect-TokenCacheKey', text), 'base64');
    },
    async write(key) {
      await file().write(await call('Protect-TokenCacheKey', key.toString('base64')));
    },
  };
}
