import { AuthError } from './auth-error.ts';
import { objectAsText, pastedToken } from './pasted-text.ts';

/**
 * Gives a refresh token without what came along when it was pasted. It is opaque to a client, but of printable ASCII
 * (RFC 6749, appendix A.17).
 * @throws AuthError `MalformedRefreshToken`
 */
export function normalizeRefreshToken(text: string): string {
  const token = pastedToken(text);
  const object = objectAsText(token);
  if (object !== undefined) throw malformed(`it is ${object}`);
  if (token === '') throw malformed('there is nothing but white space in it');
  if (!/^[!-~]+$/.test(token)) throw malformed('it has a character that no token has');
  return token;
}

function malformed(reason: string): AuthError {
  return new AuthError({
    code: 'MalformedRefreshToken',
    message: `The refresh token cannot be used: ${reason}.`,
    recommendedAction:
      'Pass the text of the token; of a SecureString that is (ConvertFrom-SecureString $secure -AsPlainText).',
    target: 'RefreshToken',
  });
}
