import { AuthError } from './auth-error.ts';

// Codes of Node's `tls` (OpenSSL's names for why a certificate was refused).
const untrusted = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
]);
const outOfDate = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Says in plain words why a request had no answer. `error` is what `undici` or Node threw for it. */
export function transportError(error: unknown, url: URL, timeoutMs: number): AuthError {
  const { host } = url;
  const code = codeOf(error);
  const details = { target: host, cause: error, data: { ErrorCode: code, IsRetriable: 'True' } };
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
      data: { ErrorCode: code, IsRetriable: 'False' },
      code: 'AuthorityNotTrusted',
      message: `The certificate that answered for ${host} is not trusted (${code}), so nothing was sent to it.`,
      recommendedAction:
        "If your network inspects TLS, have NODE_EXTRA_CA_CERTS name a PEM file with your organization's certification authority.",
    });
  }
  if (outOfDate.has(code)) {
    return new AuthError({
      ...details,
      data: { ErrorCode: code, IsRetriable: 'False' },
      code: 'AuthorityNotTrusted',
      message: `The certificate of ${host} is not valid at this computer's time (${code}), so nothing was sent to it.`,
      recommendedAction: 'Check the clock of this computer.',
    });
  }
  return new AuthError({
    ...details,
    code: 'AuthorityUnreachable',
    message: `${host} cannot be reached: ${reasonOf(error, code)}.`,
    recommendedAction: 'Check the network, and HTTPS_PROXY and NO_PROXY if there is a proxy, then try again.',
  });
}

function reasonOf(error: unknown, code: string): string {
  const proxyStatus = /Proxy response \((\d+)\)/.exec(messageOf(error))?.[1];
  if (proxyStatus === '407') return 'the proxy asks for a user name and password (407)';
  if (proxyStatus !== undefined) return `the proxy answered ${proxyStatus}`;
  switch (code) {
    case 'ENOTFOUND':
      return `there is no host of that name (${code})`;
    case 'EAI_AGAIN':
      return `its name cannot be looked up now (${code})`;
    case 'ECONNREFUSED':
      return `the connection was refused (${code})`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `the connection broke (${code})`;
    default:
      return code || messageOf(error);
  }
}

function isTimeout(error: unknown, code: string): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'TimeoutError' || code === 'ETIMEDOUT' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code);
}

/** The innermost code: `undici` wraps what Node said, and Node wraps one error for each address it tried. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const inner = error.cause === undefined ? '' : codeOf(error.cause);
  if (inner !== '') return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
