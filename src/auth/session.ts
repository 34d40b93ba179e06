import type { Connection } from './connection.ts';
import type { AuthContext } from './context.ts';
import { signIn } from './sign-in.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** Who is signed in, for as long as this process lives: one account at a time. */
export class Session {
  #connection: Connection | undefined;

  /** The account that is signed in, if one is. */
  get context(): AuthContext | undefined {
    return this.#connection?.context;
  }

  /** Signs in. The account before gives way when that has succeeded, and stays when it has not. */
  async connect(request: SignInRequest, call: SignInCall): Promise<AuthContext> {
    const connection = await signIn(request, call);
    const previous = this.#connection;
    this.#connection = connection;
    await previous?.close();
    return connection.context;
  }

  /** Renews the account's access token now. Rejects with `AuthError`; the account stays as it is. */
  async refresh(call: SignInCall): Promise<void> {
    await this.#connection?.accessToken(call, { force: true });
  }

  /** Signs out: the account and its tokens are forgotten, across sessions as well. */
  async disconnect(call: SignInCall): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.forget(call);
  }
}
