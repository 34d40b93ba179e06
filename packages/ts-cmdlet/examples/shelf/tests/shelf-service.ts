import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { buffer, json } from 'node:stream/consumers';

// A shelf in memory, on loopback: it reads its key from standard input, a line, writes its address, and ends with its standard
// input. Below /test/ it does what the tests need, without a key.

interface StoredItem {
  readonly name: string;
  readonly content: Buffer;
  readonly labels: readonly string[];
  readonly modified: string;
}

/** So small that tests of a few items see several pages. */
const MAX_PAGE = 3;

const input = createInterface({ input: process.stdin });
const [key] = await once(input, 'line');
input.once('close', () => process.exit());
const items = new Map<string, StoredItem>();
const watchers = new Set<ServerResponse>();
/** Waiting for the number of watchers to be another. */
const waiting: { readonly count: number; readonly response: ServerResponse }[] = [];
let requests: string[] = [];
let isBusy = false;

function answer(response: ServerResponse, status: number, value?: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(value === undefined ? '' : JSON.stringify(value));
}

function shown({ name, content, labels, modified }: StoredItem) {
  return { name, size: content.length, labels, modified };
}

function tell(kind: string, name: string): void {
  for (const watcher of watchers)
    watcher.write(`data: ${JSON.stringify({ kind, name, time: new Date().toISOString() })}\n\n`);
}

function store(item: StoredItem): void {
  const kind = items.has(item.name) ? 'Changed' : 'Created';
  items.set(item.name, item);
  tell(kind, item.name);
}

/** A watcher has come or gone. */
function countWatchers(): void {
  for (const { count, response } of waiting)
    if (count === watchers.size && !response.writableEnded) answer(response, 204);
}

async function answerTest(url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/test/busy') isBusy = true;
  if (url.pathname === '/test/requests') {
    answer(response, 200, requests);
    requests = [];
  } else if (url.pathname === '/test/watchers') {
    waiting.push({ count: Number(url.searchParams.get('count')), response });
    countWatchers();
  } else answer(response, 204);
}

async function answerItem(name: string, part: string, url: URL, request: IncomingMessage, response: ServerResponse) {
  const item = items.get(name);
  const modified = new Date().toISOString();
  if (request.method === 'PUT') {
    const content = await buffer(request);
    if (!/^[\w .-]+$/.test(name)) return answer(response, 400);
    if (item && url.searchParams.has('create')) return answer(response, 412);
    const stored = { name, content, labels: url.searchParams.getAll('label'), modified };
    store(stored);
    return answer(response, item ? 200 : 201, shown(stored));
  }
  if (!item) return answer(response, 404);
  if (request.method === 'PATCH') {
    const changed = { ...item, ...Object(await json(request)), modified };
    store(changed);
    return answer(response, 200, shown(changed));
  }
  if (request.method === 'DELETE') {
    items.delete(name);
    tell('Removed', name);
    return answer(response, 204);
  }
  return part === 'content' ? void response.end(item.content) : answer(response, 200, shown(item));
}

async function answerShelf(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests.push(`${request.method} ${url.pathname}${url.search}`);
  if (request.headers.authorization !== `Bearer ${key}`) return answer(response, 401);
  if (isBusy) {
    isBusy = false;
    return void response.writeHead(503, { 'retry-after': '0' }).end();
  }
  const [, folder, name, part = ''] = url.pathname.split('/');
  if (folder === 'labels') return answer(response, 200, [...new Set([...items.values()].flatMap(item => item.labels))]);
  if (folder === 'changes') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    watchers.add(response);
    response.once('close', () => {
      watchers.delete(response);
      countWatchers();
    });
    return countWatchers();
  }
  if (folder === 'items' && name !== undefined)
    return answerItem(decodeURIComponent(name), part, url, request, response);
  const sorted = [...items.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  const after = url.searchParams.get('after') ?? '';
  const rest = sorted.filter(item => item.name > after).slice(Number(url.searchParams.get('skip')));
  const page = rest.slice(0, Math.min(Number(url.searchParams.get('limit')), MAX_PAGE));
  const next = page.length < rest.length ? (page.at(-1)?.name ?? null) : null;
  answer(response, 200, { total: sorted.length, items: page.map(shown), next });
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const answered = url.pathname.startsWith('/test/') ? answerTest(url, response) : answerShelf(url, request, response);
  answered.catch(error => response.destroy(error));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('The service does not listen.');
console.log(`http://127.0.0.1:${address.port}/`);
