/** Where the tokens of users are kept: in this process alone, or across sessions. */
export type TokenCacheKind = 'memory' | 'persistent';

/** Reads SECMGMT_TOKEN_CACHE. What it does not know stays in memory, with a warning that names the two values. */
export function tokenCacheSetting(environment: NodeJS.ProcessEnv = process.env): {
  readonly kind: TokenCacheKind;
  readonly warnings: readonly string[];
} {
  const value = environment.SECMGMT_TOKEN_CACHE?.trim() ?? '';
  switch (value.toLowerCase()) {
    case '':
    case 'memory':
      return { kind: 'memory', warnings: [] };
    case 'persistent':
      return { kind: 'persistent', warnings: [] };
    default:
      return {
        kind: 'memory',
        warnings: [`SECMGMT_TOKEN_CACHE is '${value}', and takes 'memory' or 'persistent': tokens are kept in memory.`],
      };
  }
}
