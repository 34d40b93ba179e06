import {
  ConfidentialClientApplication,
  type Configuration,
  type ICachePlugin,
  type NodeAuthOptions,
  PublicClientApplication,
} from '@azure/msal-node';
import { createClientAssertion } from './client-assertion.ts';
import type { NetworkClient } from './network/client.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { ClientProof, SignInRequest } from './sign-in-request.ts';

/** MSAL for an application that has nothing to prove itself with; `cachePlugin` keeps its tokens across sessions. */
export function publicClient(
  request: SignInRequest,
  network: NetworkClient,
  cachePlugin?: ICachePlugin,
): PublicClientApplication {
  return new PublicClientApplication({
    ...configuration(request, network, {}),
    ...(cachePlugin && { cache: { cachePlugin } }),
  });
}

/**
 * MSAL for an application that proves itself by a secret or a certificate. `currentCall` is asked for the call whose
 * certificate store signs, each time that something is to be signed.
 */
export function confidentialClient(
  request: SignInRequest,
  network: NetworkClient,
  proof: ClientProof,
  currentCall: () => SignInCall,
): ConfidentialClientApplication {
  const proving: Partial<NodeAuthOptions> =
    proof.kind === 'secret'
      ? { clientSecret: proof.secret }
      : {
          clientAssertion: ({ clientId, tokenEndpoint = tokenEndpointOf(request) }) =>
            createClientAssertion(currentCall().certificates, proof.thumbprint, clientId, tokenEndpoint),
        };
  return new ConfidentialClientApplication(configuration(request, network, proving));
}

/** Every cloud is its own authority, whatever MSAL knows of it (docs/sign-in.md, "Environments"). */
function configuration(
  { environment, tenant, clientId }: SignInRequest,
  network: NetworkClient,
  proving: Partial<NodeAuthOptions>,
): Configuration {
  return {
    auth: {
      clientId,
      authority: `${environment.activeDirectoryAuthority}${tenant}`,
      knownAuthorities: [...environment.authorityHosts],
      ...proving,
    },
    system: { networkClient: network },
  };
}

function tokenEndpointOf({ environment, tenant }: SignInRequest): string {
  return `${environment.activeDirectoryAuthority}${tenant}/oauth2/v2.0/token`;
}
