import { isAnyTenant } from '../identifiers.ts';
import type { SignInRequest } from '../sign-in-request.ts';
import { visibleText } from '../visible-text.ts';
import { msalCache } from './entry-validators.ts';
import type { StoredAccount } from './messages.ts';

/** The tenant of all personal Microsoft accounts ("ID token claims reference", `tid`). */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Whether signing in as this account is what was asked for: in that environment, and in a tenant that it is known in. */
export function fits({ environment, homeAccountId, tenants }: StoredAccount, request: SignInRequest): boolean {
  if (environment !== request.environment.name) return false;
  const isPersonal = homeAccountId.endsWith(`.${PERSONAL_TENANT}`);
  switch (request.tenant) {
    case 'common':
      return true;
    case 'organizations':
      return !isPersonal;
    case 'consumers':
      return isPersonal;
    default:
      return tenants.includes(request.tenant);
  }
}

/** Whether two entries are of one account. */
export function isSameAccount(
  left: Pick<StoredAccount, 'environment' | 'homeAccountId'>,
  right: Pick<StoredAccount, 'environment' | 'homeAccountId'>,
): boolean {
  return left.environment === right.environment && left.homeAccountId === right.homeAccountId;
}

/** Makes the entry of the one account in MSAL's cache, given as its text. */
export function storedAccount(tokens: string, { environment, tenant }: SignInRequest): StoredAccount {
  const value: unknown = JSON.parse(tokens);
  if (!msalCache.accepts(value)) throw new TypeError(`MSAL's cache: ${msalCache.explain()}`);
  const [account] = Object.values(value.Account);
  if (account === undefined) throw new TypeError("MSAL's cache has no account.");
  const realms = Object.values(value.AccessToken).map(({ realm }) => realm.toLowerCase());
  return {
    environment: environment.name,
    homeAccountId: account.home_account_id,
    username: visibleText(account.username),
    tenants: [...new Set([...realms, tenant].filter(name => name !== '' && !isAnyTenant(name)))],
    tokens,
  };
}

/** The accounts with this one in the place of its earlier entry; the tenants of both are kept. */
export function withAccount(accounts: readonly StoredAccount[], account: StoredAccount): StoredAccount[] {
  const earlier = accounts.find(other => isSameAccount(other, account));
  const tenants = [...new Set([...(earlier?.tenants ?? []), ...account.tenants])];
  return [...accounts.filter(other => other !== earlier), { ...account, tenants }];
}
