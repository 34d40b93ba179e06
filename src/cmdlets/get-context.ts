import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Session } from '../auth/session.ts';
import type { GetSecMgmtContextParameters } from '../generated/index.ts';
import { withAuthErrors } from './auth-failure.ts';
import { mgmtContext } from './mgmt-context.ts';
import { signInCall } from './sign-in-call.ts';

interface GetContextPlan extends Plan {
  readonly refresh: boolean;
}

/** Get-SecMgmtContext: returns the MgmtContext of the account that is connected, if one is. */
export function getContext(session: Session): RunnableCmdlet<GetSecMgmtContextParameters> {
  return defineCmdlet<GetSecMgmtContextParameters, GetContextPlan>(
    withAuthErrors<GetSecMgmtContextParameters, GetContextPlan>({
      plan: ({ Refresh = false }) => ({ refresh: Refresh }),
      async run({ refresh }, invocation) {
        if (refresh) await session.refresh(signInCall(invocation));
        const { context } = session;
        if (context === undefined) invocation.writeVerbose('No account is connected.');
        else await invocation.writeObject(mgmtContext(context));
      },
    }),
  );
}
