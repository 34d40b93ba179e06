import { compileValidator } from 'ts-cmdlet';
import { CertificateSignature, FoundCertificate } from './certificate-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const foundCertificate = compileValidator(FoundCertificate);
export const certificateSignature = compileValidator(CertificateSignature);
