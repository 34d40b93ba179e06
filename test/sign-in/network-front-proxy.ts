import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Entra } from 'fake-entra/entra';

/** What the proxy does with a CONNECT: has the authorities' own proxy do it, answers a status, or says nothing. */
export type FrontProxyAnswer = 'forward' | 'hang' | `${number} ${string}`;

export interface FrontProxyOptions {
  /** A loopback address. */
  readonly address?: '127.0.0.1' | '::1';
  answer?(request: IncomingMessage): FrontProxyAnswer;
}

/** A company's own proxy before the authorities' one. */
export interface FrontProxy extends AsyncDisposable {
  readonly url: string;
  /** `HOST:PORT` of each CONNECT. */
  readonly asked: readonly string[];
}

/** Starts one. It connects to the authorities' proxy alone. */
export async function startFrontProxy(
  entra: Pick<Entra, 'proxyUrl'>,
  { address = '127.0.0.1', answer = () => 'forward' }: FrontProxyOptions = {},
): Promise<FrontProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer();
  server.on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const answered = answer(request);
    if (answered === 'hang') {
      client.once('end', () => client.end()).resume();
      return;
    }
    if (answered !== 'forward') {
      client.end(`HTTP/1.1 ${answered}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(entra.proxyUrl);
    const upstream = connect(Number(port), hostname, () => {
      upstream.write(`CONNECT ${request.url} HTTP/1.1\r\nhost: ${request.url}\r\n\r\n`);
      client.pipe(upstream).pipe(client);
    });
    keep(upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  const { port } = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, () => {
      const at = server.address();
      if (at !== null && typeof at === 'object') resolve(at);
    });
  });
  return {
    url: `http://${address === '::1' ? '[::1]' : address}:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Both spellings of the variable: programs look for either. */
export function throughProxy(url: string): Record<string, string> {
  return { HTTPS_PROXY: url, https_proxy: url };
}

/** The URL of a proxy that is not there. */
export async function urlOfNoProxy(entra: Entra): Promise<string> {
  await using gone = await startFrontProxy(entra);
  return gone.url;
}
