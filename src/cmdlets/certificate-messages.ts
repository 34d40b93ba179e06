import { Type } from 'typebox';
import { hashtableSchema } from './hashtable-schema.ts';

// What the functions of SigningCertificate.ps1 return.

export const FoundCertificate = hashtableSchema({ certificate: Type.String(), subject: Type.String() });

/** Without a signature where the key cannot do the algorithm. */
export const CertificateSignature = hashtableSchema({ signature: Type.Optional(Type.String()) });
