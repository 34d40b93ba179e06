import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../src/auth/network/settings.ts';
import { applicationSignIn, type SignInRequest } from '../../src/auth/sign-in-request.ts';
import { startFrontProxy } from '../sign-in/network-front-proxy.ts';
import { type InProcess, type RecordedCall, recordedCall, startInProcess } from './in-process.ts';

// What stands between this computer and the authority: proxies that ask who is there, and certification authorities.

let authority: InProcess;
let request: SignInRequest;
let folder: string;

beforeAll(async () => {
  authority = await startInProcess();
  const { directory } = authority.entra;
  const { clientId } = directory.addApplication({ secrets: [{ value: 'proxy~secret' }] });
  const proof = { kind: 'secret', secret: 'proxy~secret' } as const;
  request = applicationSignIn({ tenant: directory.tenantOf('AzureCloud').id }, clientId, proof);
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'certificates-'));
});

afterEach(async () => {
  authority.entra.faults.clear();
  authority.entra.log.clear();
  await rm(folder, { recursive: true, force: true });
});

afterAll(() => authority?.[Symbol.asyncDispose]());

/** A call with these settings and no others. */
function callWith(settings: NetworkSettings): RecordedCall {
  return { ...recordedCall(), network: async () => settings };
}

const viaProxy = (url: string, more: NodeJS.ProcessEnv = {}) =>
  callWith({ environment: { HTTPS_PROXY: url, ...more } });
const host = () => new URL(authority.entra.proxyUrl).host;

describe('A password of HTTPS_PROXY', () => {
  test.each([
    ['ada:p%ss', 'ada:p%ss'],
    ['ada:100%', 'ada:100%'],
    ['ada:p%zz%41', 'ada:p%zz%41'],
    ['corp\\ada:pw', 'corp\\ada:pw'],
    ['corp%5Cada:pw', 'corp\\ada:pw'],
    ['ada:p#ss', 'ada:p#ss'],
    ['ada:p/ss?x', 'ada:p/ss?x'],
    ['ada:p@ss', 'ada:p@ss'],
    ['ada:p%40ss%20word', 'ada:p@ss word'],
    ['ada:p:w', 'ada:p:w'],
    ['ada:', 'ada:'],
    ['ada', 'ada:'],
    ['ädä:pässwörd', 'ädä:pässwörd'],
    ['ada:[p]{w}|^', 'ada:[p]{w}|^'],
  ])('as in %s@ is sent as %s', async (written, credentials) => {
    authority.entra.faults.add({ fault: { kind: 'authenticate', schemes: ['Basic realm="x"'], credentials } });
    for (const scheme of ['http://', '']) {
      const { context } = await authority.signIn(request, viaProxy(`${scheme}${written}@${host()}`));
      expect(context.account.type).toBe('ServicePrincipal');
    }
  });

  test.each([
    'gopher://ada:hidden@proxy:70',
    'http://ada:hidden@',
    'http://ada:hidden@pro xy',
    'ada:hidden@proxy:99999',
  ])('is not repeated where %s names no proxy, and the error says what to write', async url => {
    const error = await authority.refused(request, viaProxy(url));
    expect(error).toMatchObject({ code: 'AuthorityUnreachable', target: 'HTTPS_PROXY' });
    expect(error.recommendedAction).toContain('write % as %25, \\ as %5C, @ as %40, # as %23, / as %2F, ? as %3F');
    expect(error.message + error.recommendedAction).not.toContain('hidden');
    expect(authority.entra.log.connections).toEqual([]);
  });
});

describe('A proxy that asks who is there', () => {
  test.each([
    [['Negotiate', 'NTLM'], 'Negotiate or NTLM'],
    [['NTLM TlRMTVNTUAAC'], 'NTLM'],
    [['Negotiate, NTLM'], 'Negotiate or NTLM'],
    [['Digest realm="a", nonce="b"'], 'Digest'],
  ])('by %j alone is told so, with a password and without', async (schemes, names) => {
    authority.entra.faults.add({ fault: { kind: 'authenticate', schemes } });
    for (const user of ['', 'ada:hidden@']) {
      const error = await authority.refused(request, viaProxy(`http://${user}${host()}`));
      expect(error).toMatchObject({ code: 'AuthorityUnreachable', data: { ErrorCode: '407', IsRetriable: 'False' } });
      expect(error.message).toContain(`the proxy wants ${names} (407), and this module speaks Basic alone.`);
      expect(error.recommendedAction).toContain('Px or Cntlm');
      expect(error.message + error.recommendedAction).not.toContain('hidden');
    }
  });

  test('by Basic among others is told where the password goes', async () => {
    const schemes = ['Negotiate', 'Basic realm="Contoso, Inc"'];
    authority.entra.faults.add({ fault: { kind: 'authenticate', schemes, credentials: 'ada:pw' } });
    const error = await authority.refused(request, viaProxy(authority.entra.proxyUrl));
    expect(error.message).toContain('asks for a user name and a password');
    expect(error.recommendedAction).toContain('http://USER:PASSWORD@HOST:PORT');
    await authority.signIn(request, viaProxy(`http://ada:pw@${host()}`));
  });
});

describe("The system's proxy", () => {
  test('is used where HTTPS_PROXY is not set, with its own password', async () => {
    authority.entra.faults.add({ fault: { kind: 'authenticate', schemes: ['Basic'], credentials: 'corp\\ada:p@ss' } });
    await authority.signIn(request, callWith({ environment: {}, defaultProxy: `http://corp%5Cada:p%40ss@${host()}/` }));
    expect(authority.entra.log.hosts()).toEqual(['login.microsoftonline.com']);
  });

  test('gives way to HTTPS_PROXY', async () => {
    await using other = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
    const settings = { environment: { https_proxy: authority.entra.proxyUrl }, defaultProxy: other.url };
    await authority.signIn(request, callWith(settings));
    expect(other.asked).toEqual([]);
  });

  test('of another kind is named in the error', async () => {
    const error = await authority.refused(request, callWith({ environment: {}, defaultProxy: 'socks5://127.0.0.1:1' }));
    expect(error).toMatchObject({
      code: 'AuthorityUnreachable',
      message: "The system's proxy does not name an HTTP proxy.",
    });
  });
});

describe('NODE_EXTRA_CA_CERTS', () => {
  const pem = () => authority.entra.caPem;
  const der = () => new X509Certificate(pem()).raw;
  const file = async (name: string, content: string | Buffer) => {
    await writeFile(path.join(folder, name), content);
    return path.join(folder, name);
  };

  /** Signs in while nothing else vouches for the authority. */
  async function trusting(extra: string): Promise<{ readonly call: RecordedCall; readonly outcome: unknown }> {
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates(trusted.filter(each => each.trim() !== pem().trim()));
    try {
      const call = viaProxy(authority.entra.proxyUrl, { NODE_EXTRA_CA_CERTS: extra });
      const outcome = await authority.signIn(request, call).catch((error: unknown) => error);
      return { call, outcome };
    } finally {
      tls.setDefaultCACertificates(trusted);
    }
  }

  test.each([
    ['PEM', () => pem()],
    ['PEM with words and line ends of Windows', () => `# Contoso\r\n${pem().replaceAll('\n', '\r\n')}`],
    ['PEM with several', () => `${tls.rootCertificates[0]}\n${pem()}`],
    ['DER', () => der()],
  ])('may be a file in %s', async (_what, content) => {
    const { call, outcome } = await trusting(await file('ca', content()));
    expect(outcome).toMatchObject({ context: { account: { type: 'ServicePrincipal' } } });
    expect(call.warned).toEqual([]);
  });

  test.each([
    ['is missing', async () => path.join(folder, 'none.pem'), 'cannot be read (ENOENT)'],
    ['is a folder', async () => folder, 'is a folder'],
    ['is empty', () => file('empty', ''), 'has no certificate in it, or one that is damaged'],
    ['is no certificate', () => file('text', 'certificate'), 'has no certificate in it, or one that is damaged'],
    ['is damaged', () => file('cut', pem().replace(/.{64}\n/, '')), 'has no certificate in it, or one that is damaged'],
    ['is a device', async () => '/dev/zero', 'is no file with certificates'],
  ])('that %s is warned of', async (_what, name, reason) => {
    const extra = await name();
    const { call, outcome } = await trusting(extra);
    expect(call.warned).toEqual([
      `The environment variable NODE_EXTRA_CA_CERTS names '${extra}', which ${reason}: it has to be a file with ` +
        'certificates, in PEM or DER form. Nothing more is trusted because of it.',
    ]);
    expect(outcome).toMatchObject({ code: 'AuthorityNotTrusted' });
  });
});

test('a renewal goes by the settings of its own time', async () => {
  await using gone = await startFrontProxy({ proxyUrl: '' }, { answer: () => '403 Forbidden' });
  const connection = await authority.signIn(request, viaProxy(authority.entra.proxyUrl));
  await expect(connection.accessToken(viaProxy(gone.url), { force: true })).rejects.toMatchObject({
    code: 'AuthorityUnreachable',
    data: { ErrorCode: '403' },
  });
  await connection.accessToken(viaProxy(authority.entra.proxyUrl), { force: true });
});
