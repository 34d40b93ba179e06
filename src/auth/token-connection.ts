import { expiredAccessToken } from './access-token.ts';
import { AuthError } from './auth-error.ts';
import type { AccessToken, Connection, TokenQuery } from './connection.ts';
import { audiencesOf, type CloudEnvironment, defaultScope } from './environments.ts';
import type { SignInFlow } from './sign-in-request.ts';
import { tokenPermissions } from './token-permissions.ts';

/** A connection with a token that the user brought: it lasts as long as the token, and nothing renews it. */
export function tokenConnection(
  { accessToken, claims }: Extract<SignInFlow, { kind: 'accessToken' }>,
  environment: CloudEnvironment,
): Connection {
  const { objectId, identifier, tenantId, expiresOn, audience } = claims;
  let current: AccessToken = { token: accessToken, expiresOn, ...tokenPermissions(accessToken) };

  function confirmAudience(scope: string): void {
    const audiences = audiencesOf(environment, scope);
    if (audience === '' || audiences.includes(audience.replace(/\/$/, '').toLowerCase())) return;
    throw new AuthError({
      code: 'AudienceMismatch',
      message: `The access token that was connected with is for '${audience}', and this request needs one for ${new URL(scope).origin}.`,
      recommendedAction: 'Connect with an access token for that resource, or in a way that gets its own tokens.',
      target: audience,
    });
  }

  return {
    context: { account: { objectId, identifier, tenant: tenantId, type: 'AccessToken' }, environment },
    get current() {
      return current;
    },
    async accessToken(_call, { scope = defaultScope(environment), rejected }: TokenQuery = {}) {
      if (expiresOn <= new Date()) throw expiredAccessToken(expiresOn);
      if (rejected !== undefined) throw refusedAccessToken(expiresOn);
      confirmAudience(scope);
      return current;
    },
    async close() {
      current = { ...current, token: '' };
    },
    async forget() {
      current = { ...current, token: '' };
    },
  };
}

function refusedAccessToken(expiresOn: Date): AuthError {
  const { message, recommendedAction, target } = expiredAccessToken(expiresOn);
  return new AuthError({
    code: 'AccessTokenRefused',
    message: `The access token that was connected with is no longer taken, and nothing renews it. ${message.replace('expired', 'ends')}`,
    recommendedAction,
    target,
  });
}
