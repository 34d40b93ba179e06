import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import { AuthError } from '../auth/auth-error.ts';
import { normalizeApplicationId, normalizeObjectId, normalizeResourceId } from '../auth/identifiers.ts';
import type { Session } from '../auth/session.ts';
import { describeFlow } from '../auth/sign-in.ts';
import { type ManagedIdentity, managedIdentitySignIn, type SignInRequest } from '../auth/sign-in-request.ts';
import type { ConnectSecMgmtWorkloadParameters } from '../generated/Connect-SecMgmtWorkload.ts';
import { withAuthErrors } from './auth-failure.ts';
import { mgmtContext } from './mgmt-context.ts';
import { signInCall } from './sign-in-call.ts';

interface WorkloadPlan extends Plan {
  readonly request: SignInRequest;
}

/** Connect-SecMgmtWorkload: signs in as the workload that PowerShell runs in, and returns the MgmtContext. */
export function connectWorkload(session: Session): RunnableCmdlet<ConnectSecMgmtWorkloadParameters> {
  return defineCmdlet<ConnectSecMgmtWorkloadParameters, WorkloadPlan>(
    withAuthErrors<ConnectSecMgmtWorkloadParameters, WorkloadPlan>({
      plan(parameters) {
        const request = managedIdentitySignIn({ environment: parameters.Environment }, managedIdentity(parameters));
        const { environment, scope } = request;
        return {
          request,
          confirm: { target: environment.name, action: `Sign in ${describeFlow(request)}: scope ${scope}` },
          ...(environment.closed !== undefined && { warnings: [environment.closed] }),
        };
      },
      async run({ request }, invocation) {
        await invocation.writeObject(mgmtContext(await session.connect(request, signInCall(invocation))));
      },
    }),
  );
}

/** Which managed identity is meant. @throws AuthError `ConflictingIdentities`, or for an id that is none */
function managedIdentity({ ApplicationId, ObjectId, ResourceId }: ConnectSecMgmtWorkloadParameters): ManagedIdentity {
  const named: ManagedIdentity[] = [];
  if (ApplicationId !== undefined) named.push({ kind: 'clientId', id: normalizeApplicationId(ApplicationId) });
  if (ObjectId !== undefined) named.push({ kind: 'objectId', id: normalizeObjectId(ObjectId) });
  if (ResourceId !== undefined) named.push({ kind: 'resourceId', id: normalizeResourceId(ResourceId) });
  const [identity = { kind: 'systemAssigned' }, ...others] = named;
  if (others.length === 0) return identity;
  throw new AuthError({
    code: 'ConflictingIdentities',
    message: 'One managed identity was asked for by several identifiers.',
    recommendedAction: 'Pass one of -ApplicationId, -ObjectId and -ResourceId.',
    target: 'Identity',
  });
}
