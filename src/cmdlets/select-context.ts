import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Connection } from '../auth/connection.ts';
import type { Session } from '../auth/session.ts';
import type { SelectSecMgmtContextParameters } from '../generated/Select-SecMgmtContext.ts';
import { withAuthErrors } from './auth-failure.ts';
import { accountCompleter, tenantCompleter } from './completers.ts';
import { keyOfContext } from './context-key.ts';
import { mgmtContext } from './mgmt-context.ts';

interface SelectPlan extends Plan {
  readonly connection: Connection;
}

/** Select-SecMgmtContext: has further calls use an account, and returns its MgmtContext. */
export function selectContext(session: Session): RunnableCmdlet<SelectSecMgmtContextParameters> {
  return defineCmdlet<SelectSecMgmtContextParameters, SelectPlan>({
    ...withAuthErrors<SelectSecMgmtContextParameters, SelectPlan>({
      plan(parameters) {
        if (parameters.parameterSetName === 'Context') {
          return { connection: session.connection(keyOfContext(parameters.Context)) };
        }
        return { connection: session.named(parameters.Account, parameters.Tenant) };
      },
      async run({ connection }, invocation) {
        session.select(connection);
        await invocation.writeObject(mgmtContext(connection));
      },
    }),
    complete: { Account: accountCompleter(session), Tenant: tenantCompleter(session) },
  });
}
