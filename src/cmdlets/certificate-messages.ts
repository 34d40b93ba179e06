import { Type } from 'typebox';

// What the functions of SigningCertificate.ps1 return.

export const FoundCertificate = Type.Object({ certificate: Type.String(), subject: Type.String() });

/** Without a signature where the key cannot do the algorithm. */
export const CertificateSignature = Type.Object({ signature: Type.Optional(Type.String()) });
