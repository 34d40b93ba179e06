import { readTokenPart } from './claims.ts';
import { visibleText } from './visible-text.ts';

/** What a token lets its bearer do ("Access token claims reference"), each as it may be shown. */
export interface TokenPermissions {
  /** Delegated permissions, which an application has for a person: the claim `scp`. */
  readonly scopes: readonly string[];
  /** Application permissions: the claim `roles`. */
  readonly roles: readonly string[];
}

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Reads an access token's permissions. A token that is not a JSON Web Token says nothing; of one that a person signed in for,
 * the authority has said the scopes beside it.
 *
 * @param granted the scopes that the authority named, such as `https://graph.microsoft.com/User.Read`
 */
export function tokenPermissions(token: string, granted: readonly string[] = []): TokenPermissions {
  const claims = readTokenPart(token.split('.')[1] ?? '');
  const { scp, roles } = typeof claims === 'string' ? {} : claims;
  const named =
    typeof scp === 'string' ? scp.split(' ') : granted.map(scope => scope.slice(scope.lastIndexOf('/') + 1));
  return {
    scopes: visible(named.filter(scope => ![...openIdScopes, '.default', ''].includes(scope))),
    roles: visible(Array.isArray(roles) ? roles.filter(role => typeof role === 'string') : []),
  };
}

function visible(texts: readonly string[]): string[] {
  return texts.map(text => visibleText(text));
}
