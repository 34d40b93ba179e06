import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Directory, Tenant, User } from './directory.ts';
import { providerClient } from './provider-client.ts';
import type { EntraSettings } from './settings.ts';

/** The kinds of records that hold a grant of a person to an application. */
const grantable: ReadonlySet<string> = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode', 'AccessToken']);

/** What a person let an application do, and where. */
export interface GivenGrant {
  readonly tenant: Tenant;
  readonly user: User;
  readonly clientId: string;
  /** The `scope` of the request that led to it. */
  readonly scope: string;
}

/**
 * What the providers of one cloud remember: codes, refresh tokens, grants, sign-ins under way. All tenants of a cloud
 * share it, so that a code that was asked for at `organizations` can be redeemed and lands in the user's own tenant.
 */
export class ProviderStore {
  readonly #directory: Directory;
  readonly #settings: EntraSettings;
  readonly #records = new Map<string, AdapterPayload>();
  /** What each grant was given for. */
  readonly grants = new Map<string, GivenGrant>();

  constructor(directory: Directory, settings: EntraSettings) {
    this.#directory = directory;
    this.#settings = settings;
  }

  record(kind: string, id: string): AdapterPayload | undefined {
    return this.#records.get(`${kind}:${id}`);
  }

  put(kind: string, id: string, payload: AdapterPayload): void {
    this.#records.set(`${kind}:${id}`, payload);
  }

  /** The records of one kind. */
  *recordsOf(kind: string): Iterable<AdapterPayload> {
    for (const [key, payload] of this.#records) if (key.startsWith(`${kind}:`)) yield payload;
  }

  /** The store as a provider asks for it: one adapter for each kind of record. */
  adapter(kind: string): Adapter {
    const records = this.#records;
    const find = async (id: string) => {
      if (kind !== 'Client') return this.record(kind, id);
      const application = this.#directory.findRegistration(id);
      return application === undefined ? undefined : providerClient(application);
    };
    const findBy = async (matches: (payload: AdapterPayload) => boolean) => {
      for (const payload of this.recordsOf(kind)) if (matches(payload)) return payload;
      return undefined;
    };
    return {
      find,
      findByUserCode: userCode => findBy(payload => payload.userCode === userCode),
      findByUid: uid => findBy(payload => payload.uid === uid),
      upsert: async (id, payload) => this.put(kind, id, payload),
      destroy: async id => void records.delete(`${kind}:${id}`),
      consume: async id => {
        const payload = this.record(kind, id);
        if (payload === undefined) return;
        if (kind === 'RefreshToken' && this.#settings.usedRefreshTokens === 'accepted') return;
        payload.consumed = Math.floor(Date.now() / 1000);
      },
      revokeByGrantId: async grantId => {
        for (const [key, payload] of records) {
          if (payload.grantId === grantId && grantable.has(key.split(':')[0] ?? '')) records.delete(key);
        }
      },
    };
  }
}
