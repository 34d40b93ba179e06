/** A certificate to sign with, without its private key. */
export interface SigningCertificate {
  /** The certificate in DER form, base64. */
  readonly certificate: string;
  readonly subject: string;
}

/** RSA signatures over SHA-256 as JSON Web Algorithms name them (RFC 7518, section 3.1). */
export type SignatureAlgorithm = 'PS256' | 'RS256';

/** Certificates whose private keys stay where they are: outside of this process. */
export interface CertificateStore {
  /**
   * Finds a certificate that can sign now, by its SHA-1 thumbprint in upper-case hexadecimal digits. Rejects for one
   * that is not there, has no private key, or is outside of its validity.
   */
  find(thumbprint: string): Promise<SigningCertificate>;
  /** Signs text as UTF-8; gives the signature in base64url, or nothing where the key cannot do this algorithm. */
  sign(thumbprint: string, text: string, algorithm: SignatureAlgorithm): Promise<string | undefined>;
}
