import { type Static, Type } from 'typebox';

/**
 * How an authority says no (RFC 6749, section 5.2), with the fields that Entra ID adds ("Microsoft identity platform and
 * OAuth 2.0 authorization code flow", error response).
 */
export const AuthorityRefusal = Type.Object({
  error: Type.String(),
  error_description: Type.Optional(Type.String()),
  error_codes: Type.Optional(Type.Array(Type.Integer())),
  timestamp: Type.Optional(Type.String()),
  trace_id: Type.Optional(Type.String()),
  correlation_id: Type.Optional(Type.String()),
  suberror: Type.Optional(Type.String()),
});
export type AuthorityRefusal = Static<typeof AuthorityRefusal>;
