import type { AadstsCode } from './aadsts.ts';
import type { Cloud } from './cloud.ts';
import type { Directory, User } from './directory.ts';
import { parseScope } from './requested-scope.ts';

/** Which refresh tokens are meant; every field that is left out matches. */
export interface RefreshTokensOf {
  readonly user?: User;
  readonly clientId?: string;
  readonly refreshToken?: string;
}

/** Why a refresh token is refused: taken back by an administrator or a new password, or too old. */
export type RevocationCode = Extract<AadstsCode, 50173 | 700082>;

/** Takes refresh tokens of a cloud back; gives their number. */
export function revokeRefreshTokens(cloud: Cloud, which: RefreshTokensOf, code: RevocationCode): number {
  let revoked = 0;
  for (const { jti = '', accountId, clientId } of cloud.store.recordsOf('RefreshToken')) {
    if (which.user !== undefined && which.user.objectId !== accountId) continue;
    if (which.clientId !== undefined && which.clientId !== clientId) continue;
    if (which.refreshToken !== undefined && which.refreshToken !== jti) continue;
    cloud.refusedRefreshTokens.set(jti, code);
    revoked += 1;
  }
  return revoked;
}

/** A refresh token as if the user had signed in to the application before. */
export async function issueRefreshToken(
  directory: Directory,
  cloud: Cloud,
  user: User,
  clientId: string,
): Promise<string> {
  const { environment } = cloud;
  const tenant = directory.findTenant(environment.name, user.tenantId);
  const application = directory.findRegistration(clientId);
  if (tenant === undefined || application === undefined)
    throw new Error('The directory has no such user or application.');
  const scope = `https://${environment.graph}/.default openid profile offline_access`;
  const grantId = await cloud.grant({ tenant, user, clientId: application.clientId, scope });
  const { provider } = cloud.endpoint(tenant);
  const client = await provider.Client.find(application.clientId);
  if (client === undefined) throw new Error('The provider does not know the application.');
  const token = new provider.RefreshToken({
    accountId: user.objectId,
    authTime: Math.floor(Date.now() / 1000),
    client,
    grantId,
    gty: 'authorization_code',
    resource: cloud.resources,
    scope: cloud.providerScope(application, parseScope(environment, scope)),
  });
  return await token.save();
}
