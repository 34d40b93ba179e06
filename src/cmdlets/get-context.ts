import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Session } from '../auth/session.ts';
import type { GetSecMgmtContextParameters } from '../generated/index.ts';
import { withAuthErrors } from './auth-failure.ts';
import { mgmtContext } from './mgmt-context.ts';
import { signInCall } from './sign-in-call.ts';

interface GetContextPlan extends Plan {
  readonly refresh: boolean;
  readonly all: boolean;
}

/** Get-SecMgmtContext: returns the MgmtContext of the account that is selected, if one is, or those of all accounts. */
export function getContext(session: Session): RunnableCmdlet<GetSecMgmtContextParameters> {
  return defineCmdlet<GetSecMgmtContextParameters, GetContextPlan>(
    withAuthErrors<GetSecMgmtContextParameters, GetContextPlan>({
      plan: ({ Refresh = false, ListAvailable = false }) => ({ refresh: Refresh, all: ListAvailable }),
      async run({ refresh, all }, invocation) {
        const { selected, connections } = session;
        const wanted = all ? connections : selected === undefined ? [] : [selected];
        if (wanted.length === 0) {
          const isNobodyConnected = all || connections.length === 0;
          invocation.writeVerbose(
            isNobodyConnected
              ? 'No account is connected.'
              : 'No account is selected; Get-SecMgmtContext -ListAvailable gets those that are connected.',
          );
        }
        for (const connection of wanted) {
          if (refresh) await connection.accessToken(signInCall(invocation), { force: true });
          await invocation.writeObject(mgmtContext(connection));
        }
      },
    }),
  );
}
