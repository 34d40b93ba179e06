import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type AadstsCode, AadstsRefusal } from './aadsts.ts';

const tokens = Type.Object({
  access_token: Type.String(),
  expires_in: Type.Number(),
  refresh_token: Type.Optional(Type.String()),
  id_token: Type.Optional(Type.String()),
});

/** What a provider's token endpoint answers (RFC 6749, 5.1). */
export type ProviderTokens = Static<typeof tokens>;

const deviceCode = Type.Object({ device_code: Type.String(), user_code: Type.String(), expires_in: Type.Number() });
const refusal = Type.Object({ error: Type.String(), error_description: Type.Optional(Type.String()) });

export const providerTokens = (body: string): ProviderTokens => Value.Parse(tokens, JSON.parse(body));

/** What a provider's device authorization endpoint answers (RFC 8628, 3.2). */
export const providerDeviceCode = (body: string): Static<typeof deviceCode> =>
  Value.Parse(deviceCode, JSON.parse(body));

/** Which of Entra's errors the provider's is. What is not among these is a fault in the front, and no answer. */
const codes: Readonly<Record<string, AadstsCode>> = {
  authorization_pending: 70016,
  access_denied: 65004,
  expired_token: 70020,
  // The front has looked into the grant: what is left of a code is its verifier.
  'invalid_grant authorization_code': 501481,
  'invalid_grant refresh_token': 50173,
};

/** A provider's refusal as Entra's. */
export function providerError(body: string, grantType: string): Error {
  const { error, error_description = '' } = Value.Parse(refusal, JSON.parse(body));
  const code = codes[error] ?? codes[`${error} ${grantType}`];
  if (code === undefined) return new Error(`The provider answered ${error}: ${error_description}`);
  return new AadstsRefusal(code, error === 'access_denied' ? { error: 'authorization_declined' } : {});
}
