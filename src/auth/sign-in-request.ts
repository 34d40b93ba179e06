import { type AccessTokenClaims, readAccessToken } from './access-token.ts';
import { AuthError } from './auth-error.ts';
import { type CloudEnvironment, defaultScope, type EnvironmentName, environments } from './environments.ts';
import { isAnyTenant, isGuid, normalizeApplicationId, normalizeTenant, normalizeThumbprint } from './identifiers.ts';
import { pastedName, pastedToken } from './pasted-text.ts';
import { normalizeRefreshToken } from './refresh-token.ts';

/** Microsoft's public client for command-line tools: who signs in when no application is named (docs/sign-in.md). */
export const DEFAULT_CLIENT_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** The tenant when none is named: any work or school account's own. */
export const DEFAULT_TENANT = 'organizations';

/** How a confidential client proves who it is. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprint: string };

/** Which of a resource's managed identities: the one of its own, or one that was assigned to it, by one of its ids. */
export type ManagedIdentity =
  | { readonly kind: 'systemAssigned' }
  | { readonly kind: 'clientId' | 'objectId' | 'resourceId'; readonly id: string };

/** Who vouches for a workload. */
export type FederatedTokenProvider = 'GitHub' | 'AzurePipelines' | 'Kubernetes';

/** The way of signing in, with what only that way needs. */
export type SignInFlow =
  | { readonly kind: 'interactive'; readonly proof?: ClientProof }
  | { readonly kind: 'deviceCode' }
  | { readonly kind: 'accessToken'; readonly accessToken: string; readonly claims: AccessTokenClaims }
  | { readonly kind: 'refreshToken'; readonly refreshToken: string; readonly proof?: ClientProof }
  | { readonly kind: 'clientCredentials'; readonly proof: ClientProof }
  | {
      readonly kind: 'federatedToken';
      readonly provider: FederatedTokenProvider;
      /** Of Azure Pipelines; else empty. */
      readonly serviceConnectionId: string;
    }
  | { readonly kind: 'managedIdentity'; readonly identity: ManagedIdentity };

/** A sign-in that is fully decided: how, where, and as whom. */
export interface SignInRequest {
  readonly flow: SignInFlow;
  readonly environment: CloudEnvironment;
  /** A tenant id, a domain name, or `organizations`. */
  readonly tenant: string;
  readonly clientId: string;
  /** One scope, or several with blanks between them. */
  readonly scope: string;
  /**
   * Whether the tokens stay in this module, which answers claims challenges. Only who says so gets tokens of continuous access
   * evaluation ("Claims challenges, claims requests and client capabilities").
   */
  readonly answersChallenges: boolean;
}

/** What a caller says of a sign-in; the rest has defaults. */
export interface SignInOptions {
  readonly environment?: EnvironmentName | undefined;
  readonly tenant?: string | undefined;
  /** What a token for another program is for; absent for an account that stays connected. */
  readonly scopes?: readonly string[] | undefined;
}

/** A sign-in in the system browser, or with a device code where there is none to use. */
export function userSignIn(
  options: SignInOptions,
  useDeviceCode: boolean,
  clientId: string = DEFAULT_CLIENT_ID,
): SignInRequest {
  return decide(options, normalizeApplicationId(clientId), { kind: useDeviceCode ? 'deviceCode' : 'interactive' });
}

/** A sign-in in the system browser to an application that proves itself (a web application). */
export function webApplicationSignIn(options: SignInOptions, clientId: string, proof: ClientProof): SignInRequest {
  return decide(options, normalizeApplicationId(clientId), { kind: 'interactive', proof });
}

/** A connection with a token that the caller has. Throws for a token that is malformed, expired or of another tenant. */
export function accessTokenSignIn(options: SignInOptions, given: string): SignInRequest {
  const accessToken = pastedToken(given);
  const claims = readAccessToken(accessToken);
  const asked = options.tenant === undefined ? undefined : normalizeTenant(options.tenant);
  if (asked !== undefined && isGuid(asked) && asked !== claims.tenantId.toLowerCase()) {
    throw new AuthError({
      code: 'TenantMismatch',
      message: `The access token is for tenant ${claims.tenantId}, not for ${asked}.`,
      recommendedAction: 'Leave -Tenant out, or get an access token for that tenant.',
      target: asked,
    });
  }
  const flow = { kind: 'accessToken', accessToken, claims } as const;
  return { ...decide(options, claims.applicationId, flow), tenant: claims.tenantId };
}

/** Redeems a refresh token for the application that it was issued to. */
export function refreshTokenSignIn(
  options: SignInOptions,
  clientId: string,
  refreshToken: string,
  proof?: ClientProof,
): SignInRequest {
  const flow = {
    kind: 'refreshToken',
    refreshToken: normalizeRefreshToken(refreshToken),
    ...(proof && { proof }),
  } as const;
  return decide(options, normalizeApplicationId(clientId), flow);
}

/** A sign-in of an application as itself. Throws `TenantRequired` for a tenant that only users can sign in to. */
export function applicationSignIn(options: SignInOptions, clientId: string, proof: ClientProof): SignInRequest {
  return inOneTenant(decide(options, normalizeApplicationId(clientId), { kind: 'clientCredentials', proof }));
}

/** A sign-in of an application that proves itself by a federated token. Throws as `applicationSignIn` does. */
export function federatedSignIn(
  options: SignInOptions,
  clientId: string,
  provider: FederatedTokenProvider,
  serviceConnectionId = '',
): SignInRequest {
  const flow = { kind: 'federatedToken', provider, serviceConnectionId } as const;
  return inOneTenant(decide(options, normalizeApplicationId(clientId), flow));
}

function inOneTenant(request: SignInRequest): SignInRequest {
  if (!isAnyTenant(request.tenant)) return request;
  throw new AuthError({
    code: 'TenantRequired',
    message: `An application signs in to one tenant, and '${request.tenant}' is none.`,
    recommendedAction: 'Pass the tenant id (a GUID) or a domain of the tenant with -Tenant.',
    target: request.tenant,
  });
}

/** A sign-in as a managed identity, whose tenant is its own. */
export function managedIdentitySignIn(options: SignInOptions, identity: ManagedIdentity): SignInRequest {
  return decide(options, identity.kind === 'clientId' ? identity.id : '', { kind: 'managedIdentity', identity });
}

/** A certificate as proof, named by the thumbprint that the certificate store knows it by. */
export function certificateProof(thumbprint: string): ClientProof {
  return { kind: 'certificate', thumbprint: normalizeThumbprint(thumbprint) };
}

function decide({ environment, tenant, scopes }: SignInOptions, clientId: string, flow: SignInFlow): SignInRequest {
  const cloud = environments[environment ?? 'AzureCloud'];
  return {
    flow,
    environment: cloud,
    tenant: tenant === undefined ? DEFAULT_TENANT : normalizeTenant(tenant),
    clientId,
    answersChallenges: scopes === undefined,
    scope: scopes === undefined ? defaultScope(cloud) : normalizeScopes(scopes),
  };
}

/** Scopes as they are asked for (RFC 6749, section 3.3). Throws `InvalidScope` for what is not one. */
function normalizeScopes(given: readonly string[]): string {
  const scopes = given.flatMap(text => text.split(/[\s,]+/).map(pastedName)).filter(scope => scope !== '');
  const wrong = scopes.find(scope => !/^[!#-[\]-~]{1,300}$/.test(scope) || scope.startsWith('eyJ'));
  if (scopes.length > 0 && wrong === undefined) return [...new Set(scopes)].join(' ');
  throw new AuthError({
    code: 'InvalidScope',
    message:
      wrong === undefined
        ? 'There is no scope in -Scopes.'
        : `A scope (${wrong.length} characters, not shown) is not one.`,
    recommendedAction:
      'Pass scopes such as https://graph.microsoft.com/.default or https://graph.microsoft.com/User.Read.',
    target: 'Scopes',
  });
}
