import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientCertificate } from 'fake-entra/client-certificate';
import type { Entra } from 'fake-entra/entra';
import { quote, startShell, type TestShell } from 'powershell-driver/session';
import { type Static, Type } from 'typebox';
import { expect } from 'vitest';
import { manifest } from '../../scripts/own-module.ts';

export const Context = Type.Object({
  Account: Type.Object({
    ObjectId: Type.String(),
    Identifier: Type.String(),
    Tenant: Type.String(),
    Type: Type.String(),
  }),
  Environment: Type.Object({
    EnvironmentName: Type.String(),
    ActiveDirectoryAuthority: Type.String(),
    AzureAdGraphEndpoint: Type.String(),
    AzureEndpoint: Type.String(),
    GraphEndpoint: Type.String(),
  }),
});

const ErrorShape = Type.Object({
  id: Type.String(),
  category: Type.String(),
  target: Type.String(),
  message: Type.String(),
  action: Type.String(),
  exception: Type.String(),
  whole: Type.String(),
  data: Type.Record(Type.String(), Type.String()),
});

const Written = Type.Object({
  stream: Type.String(),
  text: Type.String(),
  context: Type.Optional(Type.Unknown()),
  types: Type.Optional(Type.Array(Type.String())),
  error: Type.Optional(ErrorShape),
});

/** What a script wrote. */
export class Recorded {
  readonly written: Static<typeof Written>[];

  constructor(written: Static<typeof Written>[]) {
    this.written = written;
  }

  /** The texts of one stream. */
  texts(stream: string): string[] {
    return this.written.filter(record => record.stream === stream).map(({ text }) => text);
  }

  /** The one object that came out. */
  get output(): unknown {
    expect(this.texts('error')).toEqual([]);
    const objects = this.written.filter(({ stream }) => stream === 'output');
    expect(objects).toHaveLength(1);
    return objects[0]?.context;
  }

  /** The one error that ended it. */
  get error(): Static<typeof ErrorShape> {
    const errors = this.written.flatMap(({ error }) => error ?? []);
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (error === undefined) throw new Error('There is no error.');
    return error;
  }
}

/** A live PowerShell with SecMgmt, in a home folder of its own, that reaches the authorities of a test alone. */
export interface SignInShell extends AsyncDisposable {
  readonly shell: TestShell;
  readonly home: string;
  record(script: string): Promise<Recorded>;
  /** Puts a certificate into CurrentUser\My. */
  install(certificate: ClientCertificate, options?: { readonly withoutKey?: boolean }): Promise<void>;
}

/** Everything that any of these shells wrote; `expectNoSecrets` looks through it. */
const everythingWritten: string[] = [];

/** The module under test, as `npm run build` leaves it. */
export { manifest };

/** Starts a shell, with more in its environment where given. */
export async function startSignInShell(entra: Entra, environment: Record<string, string> = {}): Promise<SignInShell> {
  const home = await mkdtemp(path.join(tmpdir(), 'home-'));
  const shell = await startShell(manifest, {
    ...entra.environment,
    HOME: home,
    USERPROFILE: home,
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    XDG_DATA_HOME: '',
    SECMGMT_TOKEN_CACHE: '',
    ...environment,
  });
  await shell.show(`. ${quote(path.join(import.meta.dirname, 'sign-in.ps1'))}`);
  return {
    shell,
    home,
    async record(script) {
      const written = await shell.run(Written, `Invoke-Recorded ${quote(script)}`);
      everythingWritten.push(JSON.stringify(written));
      return new Recorded(written);
    },
    async install(certificate, { withoutKey = false } = {}) {
      const file = path.join(home, `${certificate.thumbprint}.pfx`);
      await writeFile(file, certificate.pfx('pfx-password'));
      const call = `Import-ClientCertificate ${quote(file)} 'pfx-password'`;
      await shell.run(Type.Unknown(), withoutKey ? `${call} -WithoutKey` : call);
      await rm(file);
    },
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/**
 * Fails where anything that was written has a secret or token in it that went to or from the authorities.
 * @param more secrets that others know
 */
export function expectNoSecrets(entra: Entra, more: readonly { name: string; value: string }[] = []): void {
  const all = everythingWritten.join('\n');
  const secrets = [...entra.secretsInUse(), ...more];
  expect(secrets.length).toBeGreaterThan(0);
  for (const { name, value } of secrets) {
    for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]) {
      expect(all.includes(form), `a secret (${name}) was written`).toBe(false);
    }
  }
}
