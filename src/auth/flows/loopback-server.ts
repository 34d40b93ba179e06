import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AuthError } from '../auth-error.ts';
import { isOfOtherUser } from './loopback-peer.ts';
import { resultPage } from './result-page.ts';

const FIRST_PORT = 8400;
const LAST_PORT = 8999;
const MAX_FORM_BYTES = 64 * 1024;
/** Of an address here that nobody is to guess: 48 bits, for the minutes that a sign-in takes. */
const ADDRESS_BYTES = 6;

/** What the browser brought back: the form that the authority had it post (OAuth 2.0 Form Post Response Mode). */
export type AuthorizationAnswer = ReadonlyMap<string, string>;

/** A listener for one answer of an authority. Dispose of it: that closes the port. */
export interface LoopbackServer extends AsyncDisposable {
  /** `http://localhost:PORT/`. */
  readonly redirectUri: string;
  /** Resolves with the first answer that has the expected state; later ones are refused. */
  readonly answer: Promise<AuthorizationAnswer>;
  /** Has short addresses of this server redirect to a page. */
  redirectTo(page: string): RedirectAddresses;
  /** Shows the outcome in the browser that brought the answer. */
  reply(outcome: { readonly succeeded: boolean; readonly message: string }): Promise<void>;
}

/** Addresses of a loopback server that redirect to the sign-in page. */
export interface RedirectAddresses {
  /** For a command line, which every user of the computer can read: it redirects once. */
  readonly once: string;
  /** For the person to read: it redirects until the server closes. */
  readonly lasting: string;
}

/**
 * Listens on the loopback addresses alone, on the first free port of 8400 to 8999 (docs/sign-in.md, "Parameter sets"). Takes
 * one form with exactly the given state, posted to `/`; anything but that and the addresses of `redirectTo` is refused and
 * changes nothing.
 */
export async function listenForAnswer(state: string): Promise<LoopbackServer> {
  const answered = Promise.withResolvers<AuthorizationAnswer>();
  let browser: ServerResponse | undefined;
  let redirect: { readonly page: string; readonly once: string; readonly lasting: string } | undefined;
  let isOnceUsed = false;

  /** Answers a request for an address of `redirectTo`; returns false for any other. */
  function follow({ url, method }: IncomingMessage, response: ServerResponse): boolean {
    if (redirect === undefined || method !== 'GET' || (url !== redirect.once && url !== redirect.lasting)) return false;
    if (url === redirect.once && isOnceUsed) {
      refuse(response, 410, 'This address was used before. PowerShell shows another one while it waits.');
      return true;
    }
    isOnceUsed ||= url === redirect.once;
    response.writeHead(302, { ...pageHeaders, Location: redirect.page }).end();
    return true;
  }

  async function receive(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    if (await isOfOtherUser(request.socket)) return refuse(response, 403, 'Forbidden');
    // A page elsewhere that reaches this port by a name of its own must not be listened to.
    if (request.headers.host !== `localhost:${port}`) return refuse(response, 400, 'Bad Request');
    if (follow(request, response)) return;
    if (request.url !== '/') return refuse(response, 404, 'Not Found');
    if (request.method !== 'POST') return refuse(response, 405, 'Method Not Allowed', { Allow: 'POST' });
    const form = await readForm(request);
    if (form === undefined) return refuse(response, 415, 'Unsupported Media Type');
    const states = form.getAll('state');
    if (states.length !== 1 || !sameText(states[0] ?? '', state) || browser !== undefined) {
      return refuse(response, 400, 'Bad Request');
    }
    browser = response;
    answered.resolve(new Map(form));
  }

  const { servers, port } = await listen((request, response, onPort) => {
    receive(request, response, onPort).catch(() => response.destroy());
  });
  const origin = `http://localhost:${port}`;
  return {
    redirectUri: `${origin}/`,
    answer: answered.promise,
    redirectTo(page) {
      redirect = { page, once: newPath(), lasting: newPath() };
      return { once: origin + redirect.once, lasting: origin + redirect.lasting };
    },
    async reply({ succeeded, message }) {
      const response = browser;
      if (response === undefined || response.destroyed) return;
      await new Promise<void>(resolve => {
        response.once('close', resolve);
        response.writeHead(200, pageHeaders).end(resultPage(succeeded, message));
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map(close));
    },
  };
}

function newPath(): string {
  return `/${randomBytes(ADDRESS_BYTES).toString('base64url')}`;
}

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

function refuse(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...pageHeaders, ...headers, 'Content-Type': 'text/plain' }).end(text);
}

/** Gives the posted form; nothing when it is not one or is too long. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function sameText(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}

type Receiver = (request: IncomingMessage, response: ServerResponse, port: number) => void;

/** A browser may try either address for `localhost`, so both are listened on where there are both. */
async function listen(receive: Receiver): Promise<{ servers: Server[]; port: number }> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port += 1) {
    const servers: Server[] = [];
    const outcomes = await Promise.all(
      ['127.0.0.1', '::1'].map(async address => {
        const server = createServer((request, response) => receive(request, response, port));
        const failure = await start(server, port, address);
        if (failure === undefined) servers.push(server);
        return failure;
      }),
    );
    // A computer without one of the addresses says EADDRNOTAVAIL or EAFNOSUPPORT.
    if (servers.length > 0 && !outcomes.some(code => code === 'EADDRINUSE' || code === 'EACCES')) {
      return { servers, port };
    }
    await Promise.all(servers.map(close));
  }
  throw new AuthError({
    code: 'NoLoopbackPort',
    message: `The browser has no way back: no port of ${FIRST_PORT} to ${LAST_PORT} is free on this computer.`,
    recommendedAction: 'Close what listens on these ports, or connect with -UseDeviceAuthentication.',
    target: 'localhost',
  });
}

/** Gives the code of the error, or nothing when it listens. */
function start(server: Server, port: number, address: string): Promise<string | undefined> {
  return new Promise(resolve => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: address, exclusive: true, ipv6Only: true }, () => resolve(undefined));
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
