import type { PSCredential } from 'ts-cmdlet';
import { AuthError } from '../auth/auth-error.ts';
import { pastedGuid } from '../auth/pasted-text.ts';
import { type ClientProof, certificateProof } from '../auth/sign-in-request.ts';

/** The proof of an application that redeems a refresh token; none for a public client. */
export function refreshTokenProof(credential?: PSCredential, thumbprint?: string): ClientProof | undefined {
  if (credential !== undefined && thumbprint !== undefined) {
    throw new AuthError({
      code: 'ConflictingClientCredentials',
      message: 'An application proves who it is by a secret or by a certificate, and both were given.',
      recommendedAction: 'Pass either -Credential or -CertificateThumbprint.',
      target: 'CertificateThumbprint',
    });
  }
  if (credential !== undefined) return secretProof(credential);
  return thumbprint === undefined ? undefined : certificateProof(thumbprint);
}

export function secretProof(credential: PSCredential): ClientProof {
  return { kind: 'secret', secret: credential.password };
}

/** Warns where -Credential names another application than -ApplicationId (docs/sign-in.md, "Parameter sets"). */
export function unusedApplicationId(applicationId: string | undefined, clientId: string): string[] {
  if (applicationId === undefined || pastedGuid(applicationId) === clientId) return [];
  return [`The client id is ${clientId}, the user name of -Credential; -ApplicationId is not used.`];
}
