import { AuthError } from '../auth-error.ts';

// Codes of Node's `tls` (OpenSSL's names for why a certificate was refused).
const untrusted = new Set([
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);
const outOfDate = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/**
 * Says in plain words why a request had no answer.
 *
 * @param error what `undici` or Node threw for it
 * @param proxySchemes how the proxy asked who is there, if it did
 */
export function transportError(
  error: unknown,
  url: URL,
  timeoutMs: number,
  proxySchemes: readonly string[] = [],
): AuthError {
  const { host } = url;
  const code = codeOf(error);
  const proxyStatus = proxyStatusOf(error);
  // What the proxy says of the request itself (4xx) it says again.
  const isRetriable = !untrusted.has(code) && !outOfDate.has(code) && !proxyStatus?.startsWith('4');
  const errorCode = proxyStatus ?? code;
  const data = { ...(errorCode && { ErrorCode: errorCode }), IsRetriable: isRetriable ? 'True' : 'False' };
  const details = { target: host, cause: error, data };
  if (isTimeout(error, code)) {
    return new AuthError({
      ...details,
      code: 'AuthorityTimeout',
      message: `${host} did not answer within ${timeoutMs / 1000} s.`,
      recommendedAction:
        'Check the network and the proxy, then try again. SECMGMT_HTTP_TIMEOUT sets the time limit, in seconds.',
    });
  }
  if (untrusted.has(code)) {
    return new AuthError({
      ...details,
      code: 'AuthorityNotTrusted',
      message: `The certificate that answered for ${host} is not trusted (${code}), so nothing was sent to it.`,
      recommendedAction:
        "If your network inspects TLS, have NODE_EXTRA_CA_CERTS name a PEM file with your organization's certification authority.",
    });
  }
  if (outOfDate.has(code)) {
    return new AuthError({
      ...details,
      code: 'AuthorityNotTrusted',
      message: `The certificate of ${host} is not valid at this computer's time (${code}), so nothing was sent to it.`,
      recommendedAction: 'Check the clock of this computer.',
    });
  }
  if (proxyStatus === '407' && proxySchemes.length > 0 && !proxySchemes.some(name => name.toLowerCase() === 'basic')) {
    const names = [...new Set(proxySchemes)].join(' or ');
    return new AuthError({
      ...details,
      code: 'AuthorityUnreachable',
      message: `${host} cannot be reached: the proxy wants ${names} (407), and this module speaks Basic alone.`,
      recommendedAction:
        'Have HTTPS_PROXY name a proxy on this computer that speaks it for you, such as Px or Cntlm, or another proxy; or ask for an exception for this host.',
    });
  }
  return new AuthError({
    ...details,
    code: 'AuthorityUnreachable',
    message: `${host} cannot be reached: ${reasonOf(error, code, proxyStatus)}.`,
    recommendedAction:
      proxyStatus === '407'
        ? 'Put the user name and the password into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.'
        : 'Check the network, and HTTPS_PROXY and NO_PROXY if there is a proxy, then try again.',
  });
}

function reasonOf(error: unknown, code: string, proxyStatus: string | undefined): string {
  if (proxyStatus === '407')
    return 'the proxy asks for a user name and a password, or does not take the given ones (407)';
  if (proxyStatus !== undefined) return `the proxy answered ${proxyStatus}`;
  switch (code) {
    case 'ENOTFOUND':
      return `there is no host of that name (${code})`;
    case 'EAI_AGAIN':
      return `its name cannot be looked up now (${code})`;
    case 'ECONNREFUSED':
      return `the connection${refusedBy(error)} was refused (${code})`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no way to it (${code})`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `the connection broke (${code})`;
    default:
      return code || messageOf(error);
  }
}

/** The address that was tried: the proxy's, where there is one. */
function refusedBy(error: unknown): string {
  const { address, port } = innermost(error) ?? {};
  if (typeof address !== 'string' || typeof port !== 'number') return '';
  return ` to ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function isTimeout(error: unknown, code: string): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'TimeoutError' || code === 'ETIMEDOUT' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code);
}

function proxyStatusOf(error: unknown): string | undefined {
  const status = /Proxy response \((\d+)\)/.exec(messageOf(error))?.[1];
  if (status !== undefined) return status;
  return error instanceof Error && error.cause !== undefined ? proxyStatusOf(error.cause) : undefined;
}

function codeOf(error: unknown): string {
  const code: unknown = innermost(error)?.code;
  // A DOMException's code is a number that says nothing.
  return typeof code === 'string' ? code : '';
}

/** What Node's own errors have beside their message. */
type NodeError = Error & { code?: unknown; address?: unknown; port?: unknown };

/** What Node said: `undici` wraps it, and Node wraps one error for each address it tried. */
function innermost(error: unknown): NodeError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  const known: NodeError = error;
  const inner = innermost(error.cause);
  return inner?.code === undefined ? known : inner;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
