import { AuthError } from './auth-error.ts';
import type { AuthContext } from './context.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** Signs in as the request says. Throws `AuthError`. */
export async function signIn(request: SignInRequest): Promise<AuthContext> {
  const { flow, environment } = request;
  if (flow.kind === 'accessToken') {
    const { objectId, identifier, tenantId } = flow.claims;
    return { account: { objectId, identifier, tenant: tenantId, type: 'AccessToken' }, environment };
  }
  throw new AuthError(
    'FlowNotAvailable',
    `This version cannot sign in ${describeFlow(request)} yet.`,
    'Pass an access token with -AccessToken, or use -WhatIf to see what the sign-in would do.',
    flow.kind,
  );
}

/** Names the way of signing in, to stand behind "sign in". Never tells a secret. */
export function describeFlow({ flow }: SignInRequest): string {
  switch (flow.kind) {
    case 'interactive':
      return 'interactively in the system browser (authorization code with PKCE)';
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
  }
}

function describeProof(proof: { kind: 'secret' } | { kind: 'certificate'; thumbprint: string }): string {
  return proof.kind === 'secret' ? 'its client secret' : `certificate ${proof.thumbprint}`;
}
