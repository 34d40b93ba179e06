import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A request as it came out of the TLS connection. */
export interface HttpRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The whole answer to a request. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
}

/** An answer with a JSON body. Entra answers the token endpoint with `no-store` (RFC 6749, 5.1). */
export function jsonResponse(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer with a page. */
export function htmlResponse(status: number, html: string, headers: OutgoingHttpHeaders = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store, no-cache', ...headers },
    body: html,
  };
}

/** The fields of a form that was posted; none of another kind of body. */
export function formOf(request: HttpRequest): URLSearchParams {
  const type = request.headers['content-type'] ?? '';
  return new URLSearchParams(type.startsWith('application/x-www-form-urlencoded') ? request.body.toString('utf8') : '');
}

/** Text as it may stand in HTML, inside quotes as well. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => `&#${char.codePointAt(0) ?? 0};`);
}
