import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Clock } from '../clock.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';

/** A refusal of the service, as Microsoft Graph words it ("Microsoft Graph error responses and resource types"). */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, code: string, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** An answer of the service: JSON, a text or bytes, or nothing. */
export function graphResponse(
  request: HttpRequest,
  clock: Clock,
  status: number,
  body?: unknown,
  headers: OutgoingHttpHeaders = {},
): HttpResponse {
  const requestId = randomUUID();
  const common = {
    'request-id': requestId,
    'client-request-id': request.headers['client-request-id'] ?? requestId,
    date: clock.date().toUTCString(),
    ...headers,
  };
  if (body === undefined) return { status, headers: common, body: '' };
  if (Buffer.isBuffer(body))
    return { status, headers: { 'content-type': 'application/octet-stream', ...common }, body };
  const type = 'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8';
  return { status, headers: { 'content-type': type, ...common }, body: JSON.stringify(body) };
}

/** The answer for a refusal, with the ids that support asks for. */
export function refusalResponse(request: HttpRequest, clock: Clock, refusal: GraphRefusal): HttpResponse {
  const { status, code, message, headers } = refusal;
  const empty = graphResponse(request, clock, status, undefined, headers);
  const innerError = {
    date: clock.date().toISOString().slice(0, 19),
    'request-id': empty.headers['request-id'],
    'client-request-id': empty.headers['client-request-id'],
  };
  const answer = graphResponse(request, clock, status, { error: { code, message, innerError } });
  return { ...answer, headers: { ...answer.headers, ...empty.headers } };
}
