import { visibleText } from '../auth/visible-text.ts';
import { parseJson } from './json-text.ts';
import { RequestError } from './request-error.ts';
import { isOfService } from './service.ts';
import type { ServiceAnswer, ServiceClient, ServiceRequest } from './service-client.ts';

/** What one answer is. */
export type Answer =
  | { readonly kind: 'nothing' }
  /** JSON of one thing. */
  | { readonly kind: 'value'; readonly value: unknown; readonly text: string }
  /** One page of a collection. */
  | {
      readonly kind: 'page';
      readonly items: readonly unknown[];
      readonly count: number | undefined;
      readonly next: string | undefined;
      readonly text: string;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

/** Reads an answer by its content type. @throws RequestError `ServiceAnswerInvalid` for JSON that is none */
export function readAnswer({ headers, bytes }: ServiceAnswer, url: URL): Answer {
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (bytes.length === 0) return { kind: 'nothing' };
  if (/^application\/([\w.+-]+\+)?json\b/.test(type)) return readJson(bytes.toString(), url);
  if (/^text\/|^application\/([\w.+-]+\+)?xml\b/.test(type)) return { kind: 'text', text: bytes.toString() };
  return { kind: 'bytes', bytes };
}

/** What a JSON value is: a collection's page has its objects in `value` (OData JSON Format 4.01, section 12; Azure Resource Manager). */
export function pageOrValue(value: unknown, text: string): Answer {
  if (!isRecord(value) || !Array.isArray(value.value) || 'id' in value) return { kind: 'value', value, text };
  const next = value['@odata.nextLink'] ?? value.nextLink;
  const count = value['@odata.count'];
  return {
    kind: 'page',
    items: value.value,
    count: typeof count === 'number' ? count : undefined,
    next: typeof next === 'string' && next !== '' ? next : undefined,
    text,
  };
}

/**
 * Asks for an answer, and for the pages after it where it is one of a collection. A link to a page is followed at the service
 * alone, with the request's own headers.
 */
export async function* readPages(
  client: ServiceClient,
  request: ServiceRequest,
  first?: Answer,
): AsyncGenerator<Answer> {
  let answer = first ?? readAnswer(await client.ask(request), request.url);
  let { url } = request;
  while (true) {
    yield answer;
    if (answer.kind !== 'page' || answer.next === undefined) return;
    url = nextPage(answer.next, url, request);
    const { body: _, ...rest } = request;
    answer = readAnswer(await client.ask({ ...rest, method: 'GET', url }), url);
  }
}

function nextPage(link: string, from: URL, { service }: ServiceRequest): URL {
  const url = URL.parse(link);
  if (url === null || !isOfService(url, service)) {
    const host = visibleText(url?.host ?? '');
    throw new RequestError({
      code: 'NextLinkRefused',
      message: `The answer's further pages are at another address (${host || 'not one that can be read'}), which does not get the token.`,
      recommendedAction: 'What was returned is not all there is. Report this to the service.',
      target: host,
    });
  }
  if (url.href === from.href) {
    throw new RequestError({
      code: 'ServiceAnswerInvalid',
      message: `A page of ${url.host} names itself as the next page.`,
      recommendedAction: 'What was returned may not be all there is. Report this to the service.',
      target: url.host,
    });
  }
  return url;
}

function readJson(text: string, { host }: URL): Answer {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new RequestError({
      code: 'ServiceAnswerInvalid',
      message: `The answer of ${host} says that it is JSON, and is not.`,
      recommendedAction: 'Send the request again. Pass -OutputFilePath to see the answer as it is.',
      target: host,
      cause: error,
    });
  }
  return pageOrValue(value, text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
