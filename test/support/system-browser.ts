import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from 'fake-entra/loopback';

/** The system browser of a desktop, as a program sees it: something that is handed a page to open. */
export interface SystemBrowser extends AsyncDisposable {
  /** What the program needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The next page that it is asked to open after this call. */
  nextPage(): Promise<string>;
}

/** Starts one. What to do with a page is the test's to say: a person has the mouse. */
export async function startSystemBrowser(): Promise<SystemBrowser> {
  const waiting: ((page: string) => void)[] = [];
  const server = createServer(async (request, response) => {
    const page = await text(request);
    response.end();
    for (const resolve of waiting.splice(0)) resolve(page);
  });
  const port = await listenOnLoopback(server);
  return {
    environment: {
      DISPLAY: ':0',
      TEST_BROWSER: `http://127.0.0.1:${port}/`,
      PATH: [path.join(import.meta.dirname, 'browser'), process.env.PATH].join(path.delimiter),
    },
    nextPage: () => new Promise(resolve => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
