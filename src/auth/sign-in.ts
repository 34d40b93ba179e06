import type { Connection } from './connection.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { tokenConnection } from './token-connection.ts';

/** Signs in as the request says. Rejects with `AuthError`, or with the signal's reason when the call is stopped. */
export async function signIn(request: SignInRequest, call: SignInCall): Promise<Connection> {
  const { flow, environment } = request;
  if (flow.kind === 'accessToken') return tokenConnection(flow, environment);
  // MSAL and what it stands on are loaded for those flows alone that speak to an authority.
  const { msalSignIn } = await import('./msal-sign-in.ts');
  return msalSignIn(request, call);
}

/** Names the way of signing in, to stand behind "sign in". Never tells a secret. */
export function describeFlow({ flow }: SignInRequest): string {
  switch (flow.kind) {
    case 'interactive':
      return flow.proof === undefined
        ? 'interactively in the system browser (authorization code with PKCE)'
        : `interactively in the system browser (authorization code with PKCE) and ${describeProof(flow.proof)}`;
    case 'deviceCode':
      return 'with a device code';
    case 'accessToken':
      return 'with the given access token (nothing is sent)';
    case 'refreshToken':
      return flow.proof === undefined
        ? 'with the given refresh token'
        : `with the given refresh token and ${describeProof(flow.proof)}`;
    case 'clientCredentials':
      return `as the application itself with ${describeProof(flow.proof)} (client credentials)`;
    case 'federatedToken':
      return `as the application itself with a federated token of ${providerNames[flow.provider]}`;
    case 'managedIdentity':
      return flow.identity.kind === 'systemAssigned'
        ? 'as the system-assigned managed identity of this resource'
        : `as the user-assigned managed identity ${flow.identity.id}`;
  }
}

const providerNames = {
  GitHub: 'GitHub Actions',
  AzurePipelines: 'Azure Pipelines',
  Kubernetes: 'Kubernetes',
} as const;

function describeProof(proof: { kind: 'secret' } | { kind: 'certificate'; thumbprint: string }): string {
  return proof.kind === 'secret' ? 'its client secret' : `certificate ${proof.thumbprint}`;
}
