import { type Static, Type } from 'typebox';

const Text = Type.String({ minLength: 1 });
const HttpsUrl = Type.String({ pattern: '^https://' });

/**
 * How an authority says no (RFC 6749, section 5.2), with the fields that Entra ID adds ("Microsoft identity platform and
 * OAuth 2.0 authorization code flow", error response).
 */
export const AuthorityRefusal = Type.Object({
  error: Text,
  error_description: Type.Optional(Type.String()),
  error_codes: Type.Optional(Type.Array(Type.Integer())),
  timestamp: Type.Optional(Type.String()),
  trace_id: Type.Optional(Type.String()),
  correlation_id: Type.Optional(Type.String()),
  suberror: Type.Optional(Type.String()),
});
export type AuthorityRefusal = Static<typeof AuthorityRefusal>;

/** Seconds, up to some three years; older versions of the endpoint give them as text. */
const Lifetime = Type.Union([Type.Number({ minimum: 1, maximum: 1e8 }), Type.String({ pattern: '^[1-9][0-9]{0,7}$' })]);

/** Tokens (RFC 6749, section 5.1), with the fields of Entra ID that MSAL reads. */
export const TokenAnswer = Type.Object({
  access_token: Text,
  token_type: Type.String(),
  expires_in: Lifetime,
  ext_expires_in: Type.Optional(Type.Union([Lifetime, Type.Literal(0), Type.Literal('0')])),
  refresh_in: Type.Optional(Lifetime),
  refresh_token_expires_in: Type.Optional(Lifetime),
  refresh_token: Type.Optional(Text),
  scope: Type.Optional(Type.String()),
  client_info: Type.Optional(Type.String()),
  foci: Type.Optional(Type.String()),
});
export type TokenAnswer = Static<typeof TokenAnswer>;

/** Tokens where `openid` was asked for: who signed in stands in a JSON Web Token (OpenID Connect Core, section 3.1.3.3). */
export const UserTokenAnswer = Type.Object({
  ...TokenAnswer.properties,
  id_token: Type.String({ pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*$' }),
});

export type UserTokenAnswer = Static<typeof UserTokenAnswer>;

/**
 * A device code (RFC 8628, section 3.2). Entra ID always returns the interval, and a message for the user. Both times are
 * in seconds.
 */
export const DeviceCodeAnswer = Type.Object({
  device_code: Text,
  user_code: Text,
  verification_uri: HttpsUrl,
  // Entra ID: 15 minutes, and 5 seconds.
  expires_in: Type.Number({ minimum: 1, maximum: 86_400 }),
  interval: Type.Number({ minimum: 1, maximum: 300 }),
  message: Type.Optional(Type.String()),
});

/** Where the endpoints of a tenant are (OpenID Connect Discovery 1.0, section 3). */
export const OpenIdConfiguration = Type.Object({
  issuer: Text,
  authorization_endpoint: HttpsUrl,
  token_endpoint: HttpsUrl,
  jwks_uri: HttpsUrl,
  end_session_endpoint: Type.Optional(HttpsUrl),
});
export type OpenIdConfiguration = Static<typeof OpenIdConfiguration>;

/** A token of a managed identity. The end is in seconds since 1970, as a number or as text, or in ISO 8601. */
export const ManagedIdentityTokens = Type.Object({
  access_token: Text,
  token_type: Type.String({ pattern: '^[Bb]earer$' }),
  expires_on: Type.Union([
    Type.Number({ minimum: 1, maximum: 1e11 }),
    Type.String({ pattern: '^[1-9][0-9]{0,10}$' }),
    Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' }),
  ]),
});

/** A federated token: GitHub's `value`, or Azure DevOps' `oidcToken`. */
export const FederatedTokenAnswer = Type.Object({
  value: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' })),
  oidcToken: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' })),
});

/** How the endpoint of a managed identity says no: as OAuth does, as App Service does, or as Azure's other services do. */
export const ManagedIdentityRefusal = Type.Object({
  error: Type.Optional(
    Type.Union([
      Type.String(),
      Type.Object({ code: Type.Optional(Type.String()), message: Type.Optional(Type.String()) }),
    ]),
  ),
  error_description: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
});
