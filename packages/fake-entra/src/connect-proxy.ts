import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { Clock } from './clock.ts';
import { type Exchange, ExchangeLog } from './exchange-log.ts';
import { FaultInjector } from './faults.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { listenOnLoopback } from './loopback.ts';

/** What the proxy is made of. */
export interface ConnectProxyOptions {
  /** Vouches for every host that is allowed. */
  readonly certificateAuthority: CertificateAuthority;
  /** Vouches for them under the fault `untrusted certificate`. */
  readonly untrustedAuthority: CertificateAuthority;
  readonly clock: Clock;
  /** Whether the host is one the tests play; any other is refused, and none is ever connected to. */
  isAllowed(host: string): boolean;
  /** Answers what was asked of an allowed host. */
  answer(request: HttpRequest): Promise<HttpResponse>;
}

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  readonly log: ExchangeLog;
  readonly faults: FaultInjector;
}

/**
 * An HTTP proxy on loopback (RFC 9110, 9.3.6: CONNECT) that is itself the far end of every tunnel: it ends TLS with a
 * certificate for the host that was asked for and gives the request to the authority. It opens no connection at all.
 */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const { certificateAuthority, untrustedAuthority, clock } = options;
  const log = new ExchangeLog();
  const faults = new FaultInjector();
  const hostOf = new WeakMap<object, string>();
  const sockets = new Set<Socket>();

  // The far end of the tunnels. It listens to nothing: it is given each tunnel as a connection.
  const farEnd = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'https://host');
    const request: HttpRequest = {
      host: hostOf.get(incoming.socket) ?? '',
      method: incoming.method ?? '',
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
      body: await buffer(incoming),
    };
    const exchange: Exchange = { request };
    log.exchanges.push(exchange);
    outgoing.once('close', () => {
      exchange.abandoned = !outgoing.writableFinished;
      log.ended(exchange);
    });

    const fault = faults.takeForRequest(request);
    if (fault !== undefined) exchange.fault = fault.kind;
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'hold') await fault.until;
    const answer =
      fault?.kind === 'answer'
        ? { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' }
        : await options.answer(request);
    const response = fault?.kind === 'change' ? fault.change(answer) : answer;
    const body = Buffer.from(response.body);
    outgoing.writeHead(response.status, {
      date: clock.date().toUTCString(),
      ...response.headers,
      'content-length': body.length,
    });
    if (fault?.kind === 'drop') {
      outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
      return;
    }
    exchange.response = response;
    outgoing.end(body);
  }

  async function tunnel({ url: authority = '', headers }: IncomingMessage, socket: Socket): Promise<void> {
    const host = authority.replace(/:\d+$/, '').toLowerCase();
    const answer = (status: string) => socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
    if (!options.isAllowed(host)) {
      log.connections.push({ host, outcome: 'not allowed' });
      answer('403 Forbidden');
      return;
    }
    const fault = faults.takeForConnection(host);
    if (fault?.kind === 'refuse') {
      log.connections.push({ host, outcome: 'refused' });
      answer('502 Bad Gateway');
      return;
    }
    if (fault?.kind === 'reset') {
      log.connections.push({ host, outcome: 'reset' });
      socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'authenticate' && !isBasic(headers['proxy-authorization'], fault.credentials)) {
      log.connections.push({ host, outcome: 'not authenticated' });
      const challenges = fault.schemes.map(scheme => `proxy-authenticate: ${scheme}\r\n`).join('');
      socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${challenges}content-length: 0\r\n\r\n`);
      return;
    }
    const isTrusted = fault?.kind !== 'untrusted certificate';
    const authorityOfTunnel = isTrusted ? certificateAuthority : untrustedAuthority;
    log.connections.push({ host, outcome: isTrusted ? 'opened' : 'untrusted certificate' });
    const secureContext = await authorityOfTunnel.secureContext(host);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    secure.on('error', () => socket.destroy());
    hostOf.set(secure, host);
    farEnd.emit('connection', secure);
  }

  const server = createServer((request, response) => {
    // A plain request to a proxy is for http:, which nothing here may use.
    const host = URL.parse(request.url ?? '')?.host ?? '';
    log.connections.push({ host, outcome: 'not allowed' });
    response.writeHead(403).end();
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket, head) => {
    if (!(socket instanceof Socket)) return;
    if (head.length > 0) socket.unshift(head);
    void tunnel(request, socket).catch(() => socket.destroy());
  });
  const port = await listenOnLoopback(server);

  return {
    url: `http://127.0.0.1:${port}`,
    log,
    faults,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      farEnd.close();
    },
  };
}

/** Whether a Proxy-Authorization is Basic with these credentials (RFC 7617). */
function isBasic(value: string | undefined, credentials: string | undefined): boolean {
  return credentials !== undefined && value === `Basic ${Buffer.from(credentials).toString('base64')}`;
}
