import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });

/** What every version of the token cache's file begins with. */
export const TokenCacheHeader = Type.Object({
  format: Type.Literal('SecMgmt token cache'),
  version: Type.Integer({ minimum: 1 }),
});

/** The file of version 1: the id of the key, and AES-256-GCM, each part in base64. */
export const TokenCacheEnvelope = Type.Object(
  {
    format: Type.Literal('SecMgmt token cache'),
    version: Type.Literal(1),
    key: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    nonce: Type.String({ pattern: '^[A-Za-z0-9+/]{16}$' }),
    tag: Type.String({ pattern: '^[A-Za-z0-9+/]{22}==$' }),
    ciphertext: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
  },
  closed,
);
export type TokenCacheEnvelope = Static<typeof TokenCacheEnvelope>;

/** A user who stays signed in. */
export const StoredAccount = Type.Object(
  {
    /** A name of `-Environment`. */
    environment: Text,
    /** MSAL's id of the account, the same in every tenant. */
    homeAccountId: Text,
    username: Type.String(),
    /** The tenants that it has signed in to, by id and by the names that were asked for, in lower case. */
    tenants: Type.Array(Text),
    /** MSAL's cache with the tokens of this account alone. */
    tokens: Text,
  },
  closed,
);
export type StoredAccount = Static<typeof StoredAccount>;

/** What is encrypted in the file. */
export const TokenCacheContents = Type.Object({ accounts: Type.Array(StoredAccount) }, closed);
export type TokenCacheContents = Static<typeof TokenCacheContents>;

/** What is read of MSAL's own cache. */
export const MsalCache = Type.Object({
  Account: Type.Record(Type.String(), Type.Object({ home_account_id: Text, username: Type.String() })),
  AccessToken: Type.Record(Type.String(), Type.Object({ realm: Type.String() })),
});
