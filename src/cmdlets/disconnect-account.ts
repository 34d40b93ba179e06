import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import type { Session } from '../auth/session.ts';
import type { DisconnectSecMgmtAccountParameters } from '../generated/index.ts';
import { signInCall } from './sign-in-call.ts';

/** Disconnect-SecMgmtAccount: forgets the account. */
export function disconnectAccount(session: Session): RunnableCmdlet<DisconnectSecMgmtAccountParameters> {
  return defineCmdlet<DisconnectSecMgmtAccountParameters, Plan>({
    plan() {
      const { context } = session;
      if (context === undefined) return {};
      const { account, environment } = context;
      const target = `account ${account.identifier || account.objectId} of tenant ${account.tenant} in ${environment.name}`;
      return { confirm: { target, action: 'Disconnect and forget its tokens' } };
    },
    async run(_, invocation) {
      if (session.context === undefined) invocation.writeVerbose('No account is connected.');
      await session.disconnect(signInCall(invocation));
    },
  });
}
