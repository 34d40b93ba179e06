import { expiredAccessToken } from './access-token.ts';
import type { Connection } from './connection.ts';
import type { CloudEnvironment } from './environments.ts';
import type { SignInFlow } from './sign-in-request.ts';

/** A connection with a token that the user brought: it lasts as long as the token, and nothing renews it. */
export function tokenConnection(
  { accessToken, claims }: Extract<SignInFlow, { kind: 'accessToken' }>,
  environment: CloudEnvironment,
): Connection {
  const { objectId, identifier, tenantId, expiresOn } = claims;
  return {
    context: { account: { objectId, identifier, tenant: tenantId, type: 'AccessToken' }, environment },
    async accessToken() {
      if (expiresOn <= new Date()) throw expiredAccessToken(expiresOn);
      return { token: accessToken, expiresOn };
    },
    async close() {},
    async forget() {},
  };
}
