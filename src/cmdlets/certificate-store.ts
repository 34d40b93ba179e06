import type { Invocation, Validator } from 'ts-cmdlet';
import type { CertificateStore } from '../auth/certificate-store.ts';
import { certificateSignature, foundCertificate } from './certificate-validators.ts';

/** .NET's certificate stores, in PowerShell's process: SigningCertificate.ps1 has its functions. */
export function hostCertificateStore(invocation: Invocation): CertificateStore {
  async function call<T>(
    name: string,
    args: Record<string, string>,
    validator: Validator<{ readonly entries: T }>,
  ): Promise<T> {
    const answer = await invocation.callHost(name, args);
    if (validator.accepts(answer)) return answer.entries;
    throw new Error(`The answer of ${name}: ${validator.explain()}`);
  }
  return {
    find: thumbprint => call('Find-SigningCertificate', { Thumbprint: thumbprint }, foundCertificate),
    async sign(thumbprint, text, algorithm) {
      const args = { Thumbprint: thumbprint, Text: text, Algorithm: algorithm };
      return (await call('New-CertificateSignature', args, certificateSignature)).signature;
    },
  };
}
