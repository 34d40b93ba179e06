import { createHash, randomUUID } from 'node:crypto';
import type { ClientProof } from './client-authentication.ts';
import type { Application, Tenant, User } from './directory.ts';
import { environments } from './environments.ts';

/** Microsoft Graph's application id, the same in every cloud. */
const graphApplicationId = '00000003-0000-0000-c000-000000000000';

/** Whom and what an access token is for. */
export interface AccessTokenSubject {
  readonly tenant: Tenant;
  readonly application: Application;
  /** How the application proved itself. */
  readonly proof: ClientProof;
  /** The person; absent where the application acts by itself. */
  readonly user?: User | undefined;
  /** The resource, as `https://host`. */
  readonly resource: string;
  /** The delegated permissions, separated by blanks. */
  readonly scope: string;
}

/** `sub` for a person: another one for each application ("ID token claims reference"). */
export function pairwiseSubject(objectId: string, clientId: string): string {
  return createHash('sha256').update(`${objectId} ${clientId}`).digest('base64url');
}

/** Where a person's own account lives, which is another tenant for a guest. */
export function clientInfo(user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.objectId, utid: user.tenantId })).toString('base64url');
}

export const idTokenClaimNames = ['ver', 'tid', 'oid', 'name', 'preferred_username', 'uti'] as const;

/** An ID token's claims besides the ones OpenID Connect itself has ("ID token claims reference"). */
export function idTokenClaims(tenant: Tenant, user: User): Record<(typeof idTokenClaimNames)[number], string> {
  return {
    ver: '2.0',
    tid: tenant.id,
    oid: user.objectId,
    name: user.displayName,
    preferred_username: user.userPrincipalName,
    uti: randomUUID(),
  };
}

const proofCode = { none: '0', secret: '1', assertion: '2' } as const satisfies Record<ClientProof, string>;

/** An access token's claims ("Access token claims reference"), without the times. */
export function accessTokenClaims(subject: AccessTokenSubject): Record<string, unknown> {
  const { tenant, application, user, proof, resource, scope } = subject;
  const { tokenService, issuer, graph } = environments[tenant.environment];
  const oldForm = application.accessTokenVersion === '1.0';
  const common = {
    aud: oldForm || resource !== `https://${graph}` ? resource : graphApplicationId,
    iss: oldForm ? `https://${tokenService}/${tenant.id}/` : `https://${issuer}/${tenant.id}/v2.0`,
    tid: tenant.id,
    ver: application.accessTokenVersion,
    uti: randomUUID(),
    app_displayname: application.displayName,
    ...(oldForm
      ? { appid: application.clientId, appidacr: proofCode[proof] }
      : { azp: application.clientId, azpacr: proofCode[proof] }),
  };
  if (user === undefined) {
    const oid = application.servicePrincipalId;
    return { ...common, idtyp: 'app', oid, sub: oid, roles: [...application.applicationPermissions] };
  }
  const name = oldForm
    ? { upn: user.userPrincipalName, unique_name: user.userPrincipalName }
    : { preferred_username: user.userPrincipalName };
  return {
    ...common,
    idtyp: 'user',
    acr: '1',
    amr: ['pwd'],
    oid: user.objectId,
    sub: pairwiseSubject(user.objectId, application.clientId),
    name: user.displayName,
    ...name,
    scp: scope,
  };
}
