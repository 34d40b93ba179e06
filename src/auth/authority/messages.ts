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

/** Tokens (RFC 6749, section 5.1). Lifetimes are seconds; older versions of the endpoint give them as text. */
export const TokenAnswer = Type.Object({
  access_token: Text,
  expires_in: Type.Union([Type.Number(), Type.String({ pattern: '^[0-9]+$' })]),
  refresh_token: Type.Optional(Text),
});

/** Tokens where `openid` was asked for: who signed in stands in a JSON Web Token (OpenID Connect Core, section 3.1.3.3). */
export const UserTokenAnswer = Type.Object({
  ...TokenAnswer.properties,
  id_token: Type.String({ pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*$' }),
});

/** Node.js' timers take no more milliseconds than 2^31 - 1, and fire at once for more. */
const TimerSeconds = Type.Number({ minimum: 1, maximum: 2_147_483 });

/**
 * A device code (RFC 8628, section 3.2). Entra ID always returns the interval, and a message for the user. Both times are
 * in seconds.
 */
export const DeviceCodeAnswer = Type.Object({
  device_code: Text,
  user_code: Text,
  verification_uri: Text,
  expires_in: TimerSeconds,
  interval: TimerSeconds,
  message: Type.Optional(Type.String()),
});

/** Where the endpoints of a tenant are (OpenID Connect Discovery 1.0, section 3). */
export const OpenIdConfiguration = Type.Object({
  issuer: Text,
  authorization_endpoint: HttpsUrl,
  token_endpoint: HttpsUrl,
  jwks_uri: HttpsUrl,
});
