import { defineCmdlet, type Plan, type RunnableCmdlet } from 'ts-cmdlet';
import { AuthError, type AuthErrorCode } from '../auth/auth-error.ts';
import { federatedTokenProvider } from '../auth/flows/federated-token.ts';
import { normalizeApplicationId, normalizeObjectId, normalizeResourceId } from '../auth/identifiers.ts';
import type { Session } from '../auth/session.ts';
import { describeFlow } from '../auth/sign-in.ts';
import {
  federatedSignIn,
  type ManagedIdentity,
  managedIdentitySignIn,
  type SignInRequest,
} from '../auth/sign-in-request.ts';
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
        const request = workloadSignIn(parameters);
        const { environment, scope, flow, tenant, clientId } = request;
        const isFederated = flow.kind === 'federatedToken';
        const facts = isFederated ? `client id ${clientId}, scope ${scope}` : `scope ${scope}`;
        return {
          request,
          confirm: {
            target: isFederated ? `tenant ${tenant} of ${environment.name}` : environment.name,
            action: `Sign in ${describeFlow(request)}: ${facts}`,
          },
          ...(environment.closed !== undefined && { warnings: [environment.closed] }),
        };
      },
      async run({ request }, invocation) {
        await invocation.writeObject(mgmtContext(await session.connect(request, signInCall(invocation))));
      },
    }),
  );
}

function workloadSignIn(parameters: ConnectSecMgmtWorkloadParameters): SignInRequest {
  const options = { environment: parameters.Environment };
  if (parameters.parameterSetName === 'Identity') return managedIdentitySignIn(options, managedIdentity(parameters));
  const { ApplicationId, ServiceConnectionId, Tenant } = parameters;
  const { AZURESUBSCRIPTION_CLIENT_ID, AZURESUBSCRIPTION_TENANT_ID, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID } =
    process.env;
  const provider = federatedTokenProvider();
  // What the workload identity of Azure Kubernetes Service, or an Azure task of Azure Pipelines, has in its environment.
  const clientId = ApplicationId || AZURESUBSCRIPTION_CLIENT_ID || process.env.AZURE_CLIENT_ID;
  const tenant = Tenant || AZURESUBSCRIPTION_TENANT_ID || process.env.AZURE_TENANT_ID;
  const connection = ServiceConnectionId || AZURESUBSCRIPTION_SERVICE_CONNECTION_ID || '';
  if (!clientId) throw missing('ApplicationIdRequired', 'application', 'ApplicationId', 'AZURE_CLIENT_ID');
  if (!tenant) throw missing('TenantRequired', 'tenant', 'Tenant', 'AZURE_TENANT_ID');
  if (provider === 'AzurePipelines' && connection === '') {
    const variable = 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID';
    throw missing('ServiceConnectionIdRequired', 'service connection', 'ServiceConnectionId', variable);
  }
  return federatedSignIn({ ...options, tenant }, clientId, provider, connection);
}

function missing(code: AuthErrorCode, what: string, parameter: string, variable: string): AuthError {
  return new AuthError({
    code,
    message: `No ${what} was named, and the environment variable ${variable} is not set.`,
    recommendedAction: `Pass -${parameter}.`,
    target: parameter,
  });
}

/** Which managed identity is meant. @throws AuthError `ConflictingIdentities`, or for an id that is not valid */
function managedIdentity({
  ApplicationId,
  ObjectId,
  ResourceId,
}: Extract<ConnectSecMgmtWorkloadParameters, { parameterSetName: 'Identity' }>): ManagedIdentity {
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
