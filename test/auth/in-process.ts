import { createSign } from 'node:crypto';
import tls from 'node:tls';
import type { ClientCertificate } from 'fake-entra/client-certificate';
import { type Entra, startEntra } from 'fake-entra/entra';
import { vi } from 'vitest';
import { AuthError } from '../../src/auth/auth-error.ts';
import type { Connection } from '../../src/auth/connection.ts';
import { signIn } from '../../src/auth/sign-in.ts';
import type { SignInCall } from '../../src/auth/sign-in-call.ts';
import type { SignInRequest } from '../../src/auth/sign-in-request.ts';

// Sign-ins in this process: the real flows, MSAL, network client and TLS against the authority on loopback, without
// PowerShell in between.

/** A sign-in's call, and what was told through it. */
export interface RecordedCall extends SignInCall {
  readonly announced: string[];
  readonly warned: string[];
  readonly told: string[];
  /** What was shown as progress. */
  readonly shown: string[];
  /** The sign-in page, as the verbose stream tells it. */
  readonly page: Promise<string>;
}

/** An authority, and this process set up to reach it alone. */
export interface InProcess extends AsyncDisposable {
  readonly entra: Entra;
  /** Signs in; rejects with what the sign-in rejects with. */
  signIn(request: SignInRequest, call?: SignInCall): Promise<Connection>;
  /** Signs in, which has to fail with an `AuthError`. */
  refused(request: SignInRequest, call?: SignInCall): Promise<AuthError>;
}

/** Makes a call; `certificate` is what it can sign with. */
export function recordedCall({
  certificate,
  signal = new AbortController().signal,
}: {
  certificate?: ClientCertificate;
  signal?: AbortSignal;
} = {}): RecordedCall {
  const [announced, warned, told, shown]: [string[], string[], string[], string[]] = [[], [], [], []];
  const page = Promise.withResolvers<string>();
  return {
    signal,
    network: async () => ({ environment: process.env }),
    certificates: {
      async find() {
        if (certificate === undefined) throw new Error('Nothing is signed here.');
        const base64 = certificate.certificatePem.replaceAll(/-----[^-]+-----|\s/g, '');
        return { certificate: base64, subject: 'CN=test' };
      },
      sign: async (_thumbprint, text, algorithm) => {
        if (certificate === undefined || algorithm !== 'RS256') return undefined;
        return createSign('RSA-SHA256').update(text).sign(certificate.privateKeyPem, 'base64url');
      },
    },
    announced,
    warned,
    told,
    shown,
    page: page.promise,
    announce: async message => void announced.push(message),
    tell: message => void announced.push(message),
    warn: message => void warned.push(message),
    verbose(message) {
      told.push(message);
      const address = /^The sign-in page.*: (https:\S+)$/.exec(message)?.[1];
      if (address !== undefined) page.resolve(address);
    },
    waiting: (activity, status) => void shown.push(`${activity}: ${status}`),
    waited() {},
  };
}

/** Starts the authority, trusts it, and has the environment of this process lead to it. */
export async function startInProcess(): Promise<InProcess> {
  const entra = await startEntra();
  entra.settings.deviceCodeInterval = 1;
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, entra.caPem]);
  // An opener that says that all is well; the person takes the page from the call.
  const environment = { ...entra.environment, BROWSER: 'true', SECMGMT_TOKEN_CACHE: '' };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const open: Connection[] = [];

  async function connect(request: SignInRequest, call: SignInCall = recordedCall()): Promise<Connection> {
    const connection = await signIn(request, call);
    open.push(connection);
    return connection;
  }

  return {
    entra,
    signIn: connect,
    async refused(request, call) {
      const error = await connect(request, call).then(
        () => new Error('The sign-in succeeded.'),
        (reason: unknown) => reason,
      );
      if (error instanceof AuthError) return error;
      throw error;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(open.map(connection => connection.close()));
      vi.unstubAllEnvs();
      tls.setDefaultCACertificates(trusted);
      await entra[Symbol.asyncDispose]();
    },
  };
}
