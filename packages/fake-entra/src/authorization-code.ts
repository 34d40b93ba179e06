import type { AuthorizationRequest } from './authorization-request.ts';
import type { Cloud } from './cloud.ts';
import type { Tenant, User } from './directory.ts';
import type { ProviderAnswer } from './provider-request.ts';

/**
 * Has the tenant's provider give out an authorization code for a person who has signed in. The provider wants its own
 * login and consent to be done: the front has seen to both, and is the browser that carries the provider's cookies.
 */
export async function issueAuthorizationCode(
  cloud: Cloud,
  tenant: Tenant,
  user: User,
  asked: AuthorizationRequest,
): Promise<string> {
  const { application, redirectUri, sentScope, scope, nonce, codeChallenge } = asked;
  const endpoint = cloud.endpoint(tenant);
  const query = new URLSearchParams({
    client_id: application.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: cloud.providerScope(application, scope),
    // Without a consent there is no refresh token (OpenID Connect Core 1.0, 11).
    prompt: 'consent',
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
  });
  for (const resource of cloud.resources) query.append('resource', resource);
  const asking = await endpoint.send({ method: 'GET', path: `/auth?${query}` });
  const interaction = await endpoint.provider.Interaction.find(pathOf(asking).split('/').at(-1) ?? '');
  if (interaction === undefined) throw new Error(`The provider did not ask for a login: ${asking.body}`);
  const grantId = await cloud.grant({ tenant, user, clientId: application.clientId, scope: sentScope });
  interaction.result = { login: { accountId: user.objectId, remember: false }, consent: { grantId } };
  await interaction.save(60);

  const cookie = (asking.headers['set-cookie'] ?? []).map(value => value.split(';')[0]).join('; ');
  const done = await endpoint.send({
    method: 'GET',
    path: new URL(interaction.returnTo).pathname,
    headers: { cookie },
  });
  const code = URL.parse(done.headers.location ?? '')?.searchParams.get('code');
  if (code === null || code === undefined) {
    throw new Error(`The provider gave no code: ${done.headers.location ?? done.body}`);
  }
  return code;
}

/** The path of the page the provider sends the browser to. */
function pathOf({ headers, body }: ProviderAnswer): string {
  const path = URL.parse(headers.location ?? '', 'https://provider.invalid')?.pathname;
  if (headers.location === undefined || path === undefined) throw new Error(`The provider sent nobody on: ${body}`);
  return path;
}
