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

/** MSAL for an application that proves itself. */
export interface ProvenClient {
  readonly client: ConfidentialClientApplication;
  /** Signs an assertion ahead; absent where nothing is signed. */
  readonly sign?: (call: SignInCall) => Promise<string>;
  /** Has the next request prove itself by an assertion that was signed ahead. */
  useAssertion(assertion: string | undefined): void;
}

/**
 * MSAL for an application that proves itself by a secret or a certificate. `currentCall` is asked for the call whose
 * certificate store signs, each time that something is to be signed and was not signed ahead.
 */
export function confidentialClient(
  request: SignInRequest,
  network: NetworkClient,
  proof: ClientProof,
  currentCall: () => SignInCall,
): ProvenClient {
  if (proof.kind === 'secret') {
    const client = new ConfidentialClientApplication(configuration(request, network, { clientSecret: proof.secret }));
    return { client, useAssertion() {} };
  }
  let endpoint = tokenEndpointOf(request);
  let signed: string | undefined;
  const sign = ({ certificates }: SignInCall) =>
    createClientAssertion(certificates, proof.thumbprint, request.clientId, endpoint);
  const clientAssertion: NodeAuthOptions['clientAssertion'] = async ({ tokenEndpoint = endpoint }) => {
    endpoint = tokenEndpoint;
    const ready = signed;
    // Each is good once.
    signed = undefined;
    return ready ?? (await sign(currentCall()));
  };
  return {
    client: new ConfidentialClientApplication(configuration(request, network, { clientAssertion })),
    sign,
    useAssertion(assertion) {
      signed = assertion;
    },
  };
}

/** MSAL for an application that proves itself by a federated token, which is gotten anew for each request. */
export function federatedClient(
  request: SignInRequest,
  network: NetworkClient,
  token: () => Promise<string>,
): ConfidentialClientApplication {
  return new ConfidentialClientApplication(configuration(request, network, { clientAssertion: token }));
}

/** Every cloud is its own authority, whatever MSAL knows of it (docs/sign-in.md, "Environments"). */
function configuration(
  { environment, tenant, clientId, answersChallenges }: SignInRequest,
  network: NetworkClient,
  proving: Partial<NodeAuthOptions>,
): Configuration {
  return {
    auth: {
      clientId,
      authority: `${environment.activeDirectoryAuthority}${tenant}`,
      knownAuthorities: [...environment.authorityHosts],
      ...(answersChallenges && { clientCapabilities: ['CP1'] }),
      ...proving,
    },
    system: { networkClient: network },
  };
}

function tokenEndpointOf({ environment, tenant }: SignInRequest): string {
  return `${environment.activeDirectoryAuthority}${tenant}/oauth2/v2.0/token`;
}
