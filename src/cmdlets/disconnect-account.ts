import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Connection } from '../auth/connection.ts';
import type { Session } from '../auth/session.ts';
import type { DisconnectSecMgmtAccountParameters } from '../generated/Disconnect-SecMgmtAccount.ts';
import { withAuthErrors } from './auth-failure.ts';
import { keyOfContext } from './context-key.ts';
import { signInCall } from './sign-in-call.ts';

interface DisconnectPlan extends Plan {
  readonly connection: Connection | undefined;
}

/** Disconnect-SecMgmtAccount: forgets an account. */
export function disconnectAccount(session: Session): RunnableCmdlet<DisconnectSecMgmtAccountParameters> {
  return defineCmdlet<DisconnectSecMgmtAccountParameters, DisconnectPlan>(
    withAuthErrors<DisconnectSecMgmtAccountParameters, DisconnectPlan>({
      plan({ Context }) {
        const connection = Context === undefined ? session.selected : session.connection(keyOfContext(Context));
        // There is nothing to preview: it is told that there is no account.
        if (connection === undefined) return { connection, runsUnderWhatIf: true };
        const { account, environment } = connection.context;
        const target = `account ${account.identifier || account.objectId} of tenant ${account.tenant} in ${environment.name}`;
        return { connection, confirm: { target, action: 'Disconnect and forget its tokens' } };
      },
      async run({ connection }, invocation) {
        if (connection !== undefined) {
          await session.disconnect(connection, signInCall(invocation));
          // What MSAL and Node.js have copied of tokens goes with the process.
          if (session.connections.length === 0) invocation.endCore();
        } else if (session.connections.length === 0) invocation.writeVerbose('No account is connected.');
        else invocation.writeVerbose('No account is selected, so nothing was disconnected.');
      },
    }),
  );
}
