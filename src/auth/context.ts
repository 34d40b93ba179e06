import type { CloudEnvironment } from './environments.ts';

/** What kind of principal a context acts as. */
export type AccountType = 'AccessToken' | 'Certificate' | 'ManagedService' | 'ServicePrincipal' | 'User';

/** Who is signed in, and where. Never holds a token or a secret. */
export interface AuthContext {
  readonly account: {
    readonly objectId: string;
    /** A user's sign-in name or an application's id. */
    readonly identifier: string;
    readonly tenant: string;
    readonly type: AccountType;
  };
  readonly environment: CloudEnvironment;
}
