import { dateTimeOffset, type TypedObject, typedObject, wireScalar } from 'ts-cmdlet';
import type { NewToken } from '../auth/new-token.ts';

const secure = (text: string) => wireScalar('System.Security.SecureString', text);

/** What New-SecMgmtAccessToken returns: an AuthResult. Its tokens are secure strings, which no view displays. */
export function authResult({ account, access, refreshToken }: NewToken): TypedObject {
  return typedObject('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.AuthResult', {
    AccessToken: secure(access.token),
    RefreshToken: refreshToken === undefined ? null : secure(refreshToken),
    TokenType: 'Bearer',
    ExpiresOn: dateTimeOffset(access.expiresOn),
    Account: account.identifier,
    ObjectId: account.objectId,
    TenantId: account.tenant,
    Scopes: access.scopes,
    Roles: access.roles,
  });
}
