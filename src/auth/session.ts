import { AuthError } from './auth-error.ts';
import type { Connection } from './connection.ts';
import type { AuthContext } from './context.ts';
import { signIn } from './sign-in.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { visibleText } from './visible-text.ts';

/** What tells one account of a session from another. */
export type AccountKey = Pick<AuthContext['account'], 'objectId' | 'identifier' | 'tenant' | 'type'> & {
  readonly environment: string;
};

/** Who is signed in, for as long as this process lives: several accounts, of which one may be selected. */
export class Session {
  #connections: readonly Connection[] = [];
  #selected: Connection | undefined;

  /** The account that is selected, if one is. */
  get selected(): Connection | undefined {
    return this.#selected;
  }

  /** All accounts that are signed in, in the order in which they signed in. */
  get connections(): readonly Connection[] {
    return this.#connections;
  }

  /**
   * Signs in, and selects the account. The same account that was signed in before gives way when that has succeeded; nothing
   * changes when it has not.
   */
  async connect(request: SignInRequest, call: SignInCall): Promise<Connection> {
    const connection = await signIn(request, call);
    const same = this.#connections.filter(other => isSame(keyOf(other.context), keyOf(connection.context)));
    this.#connections = [...this.#connections.filter(other => !same.includes(other)), connection];
    this.#selected = connection;
    await Promise.all(same.map(previous => previous.close()));
    return connection;
  }

  /** The account with this key, or the selected one. @throws AuthError `NotConnected` or `AccountNotConnected` */
  connection(key?: AccountKey): Connection {
    if (key !== undefined) return this.#find(key);
    if (this.#selected === undefined) throw this.#notConnected();
    return this.#selected;
  }

  /**
   * The one account that goes by a name: a user's sign-in name, an application's id, or an object id.
   * @throws AuthError `AccountNotConnected` or `AccountAmbiguous`
   */
  named(name: string, tenant?: string): Connection {
    const wanted = name.trim().toLowerCase();
    const [found, ...others] = this.#connections.filter(({ context: { account } }) => {
      const isInTenant = tenant === undefined || account.tenant.toLowerCase() === tenant.trim().toLowerCase();
      return isInTenant && [account.identifier, account.objectId].some(text => text.toLowerCase() === wanted);
    });
    if (found !== undefined && others.length === 0) return found;
    throw found === undefined ? accountNotConnected(name) : accountAmbiguous(name, others.length + 1);
  }

  /** Has further calls use an account of this session. */
  select(connection: Connection): void {
    this.#selected = connection;
  }

  /**
   * Signs an account out: it and its tokens are forgotten, across sessions as well. No other takes the place of the selected
   * one: a request that was meant for one account must not go out as another.
   */
  async disconnect(connection: Connection, call: SignInCall): Promise<void> {
    this.#connections = this.#connections.filter(other => other !== connection);
    if (this.#selected === connection) this.#selected = undefined;
    await connection.forget(call);
  }

  #find(key: AccountKey): Connection {
    const found = this.#connections.find(({ context }) => isSame(keyOf(context), key));
    if (found !== undefined) return found;
    throw accountNotConnected(key.identifier || key.objectId);
  }

  #notConnected(): AuthError {
    const others = this.#connections.length;
    return new AuthError({
      code: 'NotConnected',
      message:
        others === 0
          ? 'No account is connected in this session.'
          : `No account is selected in this session, in which ${others} ${others === 1 ? 'is' : 'are'} connected.`,
      recommendedAction:
        others === 0
          ? 'Connect with Connect-SecMgmtAccount.'
          : 'Select one with Select-SecMgmtContext, or connect with Connect-SecMgmtAccount.',
      target: 'Context',
    });
  }
}

/** The key of a context's account. */
export function keyOf({ account, environment }: AuthContext): AccountKey {
  const { objectId, identifier, tenant, type } = account;
  return { objectId, identifier, tenant, type, environment: environment.name };
}

function isSame(left: AccountKey, right: AccountKey): boolean {
  const text = ({ objectId, identifier, tenant, type, environment }: AccountKey) =>
    JSON.stringify([objectId, identifier, tenant, type, environment]).toLowerCase();
  return text(left) === text(right);
}

function accountNotConnected(name: string): AuthError {
  const shown = visibleText(name);
  return new AuthError({
    code: 'AccountNotConnected',
    message: `The account ${shown} is not connected in this session.`,
    recommendedAction: 'Connect it, or choose one of those that Get-SecMgmtContext -ListAvailable gets.',
    target: shown,
  });
}

function accountAmbiguous(name: string, count: number): AuthError {
  const shown = visibleText(name);
  return new AuthError({
    code: 'AccountAmbiguous',
    message: `${count} accounts of this session go by the name ${shown}.`,
    recommendedAction: 'Pass -Tenant as well, or a context that Get-SecMgmtContext -ListAvailable gets.',
    target: shown,
  });
}
