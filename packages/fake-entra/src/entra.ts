import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from './authority.ts';
import { createCertificateAuthority } from './certificate-authority.ts';
import { ClientAuthentication } from './client-authentication.ts';
import { Clock } from './clock.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { approveDeviceCode, declineDeviceCode, expireDeviceCode } from './device-decisions.ts';
import { type DevicePoll, type DeviceSignIn, DeviceSignIns } from './device-sign-ins.ts';
import { Directory, type User } from './directory.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { FaultInjector } from './faults.ts';
import { Graph } from './graph/graph.ts';
import { formOf, type HttpRequest, type HttpResponse } from './http-message.ts';
import { issueRefreshToken, type RefreshTokensOf, type RevocationCode, revokeRefreshTokens } from './refresh-tokens.ts';
import { type Secret, SecretsInUse } from './secrets.ts';
import { defaultSettings, type EntraSettings } from './settings.ts';
import { SignInFlows } from './sign-in-flows.ts';
import { createSigningKey } from './signing-key.ts';

/** Entra ID's five clouds on loopback, behind a proxy. */
export interface Entra extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, the proxy to reach the authorities through by their real names. */
  readonly proxyUrl: string;
  /** A PEM file with the CA that vouches for them, and the CA itself. */
  readonly caFile: string;
  readonly caPem: string;
  /** SHA-256 of the CA's public key, for Chromium's `--ignore-certificate-errors-spki-list`. */
  readonly caPublicKeyHash: string;
  /** What a child process needs in its environment to reach them, and nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: Directory;
  readonly log: ExchangeLog;
  readonly faults: FaultInjector;
  readonly clock: Clock;
  readonly settings: EntraSettings;
  /** What the tokens are for. */
  readonly graph: Graph;
  /** Hosts that are none of Microsoft's: each answers with `answer`, and the log has what it was sent. */
  readonly foreignHosts: Map<string, (request: HttpRequest) => HttpResponse>;
  /** What failed in the authority itself; a test run ends with none. */
  readonly failures: readonly unknown[];

  /** The next device code to be given out after this call. */
  nextDeviceCode(): Promise<DeviceSignIn>;
  /** The next poll to be answered after this call, of one user code when it is named. */
  nextDevicePoll(userCode?: string): Promise<DevicePoll>;
  /** What a person does at the page with the code. */
  approveDevice(userCode: string, user: User): Promise<void>;
  declineDevice(userCode: string): void;
  expireDevice(userCode: string): void;
  /** Has the next polls told to slow down. */
  slowDevice(userCode: string, polls?: number): void;

  /** Takes refresh tokens back: by an administrator or a new password (50173, the default), or as too old (700082). */
  revokeRefreshTokens(which?: RefreshTokensOf, code?: RevocationCode): number;
  /** A refresh token as if the user had signed in to the application before. */
  issueRefreshToken(user: User, clientId: string): Promise<string>;

  /** Every secret of the directory, and every token, code and assertion that went over the wire. */
  secretsInUse(): Secret[];
}

/** Starts the authorities and the proxy. All they write is one PEM file in a folder of its own, removed at the end. */
export async function startEntra({
  directory = Directory.withDefaults(),
}: {
  directory?: Directory;
} = {}): Promise<Entra> {
  const clock = new Clock();
  const settings = defaultSettings();
  const devices = new DeviceSignIns();
  const clients = new ClientAuthentication(clock, settings);
  const [certificateAuthority, untrustedAuthority, signingKey] = await Promise.all([
    createCertificateAuthority('Test CA'),
    createCertificateAuthority('Test CA that nobody trusts'),
    createSigningKey(),
  ]);
  const authority = new Authority({
    directory,
    clock,
    settings,
    signingKey,
    clients,
    devices,
    flows: new SignInFlows(),
  });
  const secrets = new SecretsInUse();
  const graph = new Graph(signingKey, clock);
  const foreignHosts: Entra['foreignHosts'] = new Map();
  const proxy = await startConnectProxy({
    certificateAuthority,
    untrustedAuthority,
    clock,
    isAllowed: host => authority.isHost(host) || graph.isHost(host) || foreignHosts.has(host),
    answer: async request => {
      const foreign = foreignHosts.get(request.host);
      if (foreign !== undefined) return foreign(request);
      if (graph.isHost(request.host)) {
        return await graph.answer(request).catch((error: unknown) => {
          authority.failures.push(error);
          throw error;
        });
      }
      const response = await authority.answer(request);
      const issued = /"access_token":"([^"]+)"/.exec(response.body.toString())?.[1];
      if (issued !== undefined) graph.issued(issued, formOf(request).get('claims'));
      secrets.collect(request, response);
      return response;
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'entra-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificateAuthority.certificatePem, { mode: 0o600 });

  const signInOf = (userCode: string): DeviceSignIn => {
    const signIn = devices.find(userCode);
    if (signIn === undefined) throw new Error(`No device code goes with ${userCode}.`);
    return signIn;
  };

  return {
    proxyUrl: proxy.url,
    caFile,
    caPem: certificateAuthority.certificatePem,
    caPublicKeyHash: certificateAuthority.publicKeyHash,
    environment: proxyEnvironment(proxy.url, caFile),
    directory,
    log: proxy.log,
    faults: proxy.faults,
    clock,
    settings,
    graph,
    foreignHosts,
    failures: authority.failures,
    nextDeviceCode: () => devices.nextCode(),
    nextDevicePoll: userCode => devices.nextPoll(userCode),
    approveDevice: (userCode, user) => approveDeviceCode(directory, signInOf(userCode), user),
    declineDevice: userCode => declineDeviceCode(signInOf(userCode)),
    expireDevice: userCode => expireDeviceCode(signInOf(userCode)),
    slowDevice: (userCode, polls = 1) => {
      signInOf(userCode).slowDowns += polls;
    },
    revokeRefreshTokens: (which = {}, code = 50173) => {
      const counts = [...authority.clouds.values()].map(cloud => revokeRefreshTokens(cloud, which, code));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    issueRefreshToken: async (user, clientId) => {
      const token = await issueRefreshToken(directory, authority.cloudOf(user), user, clientId);
      secrets.add('refresh_token', token);
      return token;
    },
    secretsInUse: () => {
      for (const { secrets: own } of directory.applications) {
        for (const { value } of own) secrets.add('client_secret', value);
      }
      for (const { password } of directory.users) secrets.add('passwd', password);
      return secrets.list();
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Both spellings: programs look for either, and an inherited one must not win. */
function proxyEnvironment(proxyUrl: string, caFile: string): Record<string, string> {
  const proxies = { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl, ALL_PROXY: proxyUrl, NO_PROXY: '' };
  const lower = Object.entries(proxies).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...proxies, ...Object.fromEntries(lower), NODE_EXTRA_CA_CERTS: caFile };
}
