import type { SignInCall } from '../auth/sign-in-call.ts';
import { parseJson, writeJson } from './json-text.ts';
import { type Answer, pageOrValue, readAnswer } from './pages.ts';
import { RequestError } from './request-error.ts';
import type { ServiceClient, ServiceRequest } from './service-client.ts';
import { batchAnswer } from './service-validators.ts';
import { waitBeforeRetry, waitForService } from './throttling.ts';

/** How many requests go together ("Combine multiple HTTP requests using JSON batching"). */
export const BATCH_SIZE = 20;

/** What became of one request of a batch. */
export type PartResult =
  | { readonly request: ServiceRequest; readonly answer: Answer }
  | { readonly request: ServiceRequest; readonly error: RequestError };

interface PartAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The version of Graph that an address has, such as `/v1.0`: all requests of a batch have the same. */
export function versionOf({ pathname }: URL): string {
  return `/${pathname.split('/', 2)[1] ?? ''}`;
}

/**
 * Sends up to twenty GETs of one version of Graph as one request. Parts that are told to come later are sent again, without
 * the others. The results are in the order of the requests.
 */
export async function askBatch(
  client: ServiceClient,
  requests: readonly ServiceRequest[],
  call: SignInCall,
): Promise<PartResult[]> {
  const results = new Map<ServiceRequest, PartResult>();
  let waiting = requests;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const answers = await sendBatch(client, waiting);
    const throttled: ServiceRequest[] = [];
    const waits: number[] = [];
    let lastStatus = 0;
    for (const request of waiting) {
      const part = answers.get(request);
      const waitMs = part && waitBeforeRetry({ method: 'GET', ...withHeaders(part) }, attempt);
      if (part === undefined) results.set(request, { request, error: unanswered(request) });
      else if (waitMs === undefined) results.set(request, await resultOf(client, request, part));
      else {
        throttled.push(request);
        waits.push(waitMs);
        lastStatus = part.status;
      }
    }
    waiting = throttled;
    const [first] = throttled;
    if (first !== undefined) await waitForService(first.url.host, lastStatus, Math.max(...waits), call);
  }
  return requests.flatMap(request => results.get(request) ?? []);
}

async function sendBatch(
  client: ServiceClient,
  requests: readonly ServiceRequest[],
): Promise<ReadonlyMap<ServiceRequest, PartAnswer>> {
  const [first] = requests;
  if (first === undefined) return new Map();
  const version = versionOf(first.url);
  const parts = requests.map(({ url, headers }, index) => ({
    id: String(index + 1),
    method: 'GET',
    url: `${url.pathname.slice(version.length)}${url.search}`,
    ...(Object.keys(headers).length > 0 && { headers }),
  }));
  const body = Buffer.from(JSON.stringify({ requests: parts }));
  const url = new URL(`${first.service.origin}${version}/$batch`);
  const headers = { 'content-type': 'application/json' };
  const { bytes } = await client.ask({ service: first.service, method: 'POST', url, headers, body: () => body });
  const value = parsed(bytes.toString());
  if (!batchAnswer.accepts(value)) throw invalidAnswer(url, batchAnswer.explain());
  return new Map(
    value.responses.flatMap(part => {
      const request = requests[Number(part.id) - 1];
      return request === undefined ? [] : [[request, part] as const];
    }),
  );
}

async function resultOf(client: ServiceClient, request: ServiceRequest, part: PartAnswer): Promise<PartResult> {
  const { url, method } = request;
  const { status, headers, body } = withHeaders(part);
  try {
    // Where the answer is elsewhere, it is asked for by itself.
    if (status >= 300 && status < 400) return { request, answer: readAnswer(await client.ask(request), url) };
    if (status >= 400 || status < 200)
      return { request, error: client.refusal({ method, url, status, headers, body }) };
    return { request, answer: answerOf(headers, body) };
  } catch (error) {
    if (error instanceof RequestError) return { request, error };
    throw error;
  }
}

/** JSON stands in a batch as it is, and anything else in base64. */
function answerOf(headers: Readonly<Record<string, string>>, body: unknown): Answer {
  if (body === undefined || body === null) return { kind: 'nothing' };
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? 'json');
  if (!isJson && typeof body === 'string') return { kind: 'bytes', bytes: Buffer.from(body, 'base64') };
  return pageOrValue(body, writeJson(body));
}

function withHeaders({ status, headers = {}, body }: PartAnswer) {
  const lowered: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lowered[name.toLowerCase()] = value;
  return { status, headers: lowered, body };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function unanswered({ url }: ServiceRequest): RequestError {
  return invalidAnswer(url, 'it has no answer to one of the requests');
}

function invalidAnswer({ host }: URL, reason: string): RequestError {
  return new RequestError({
    code: 'ServiceAnswerInvalid',
    message: `The answer of ${host} to a batch cannot be used: ${reason}.`,
    recommendedAction: 'Send the requests without -Batch.',
    target: host,
  });
}
