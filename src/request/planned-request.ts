import type { CloudEnvironment } from '../auth/environments.ts';
import { type RequestAddress, readAddress, shownAddress } from './address.ts';
import { describeBody, type RequestBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { ServiceName } from './service.ts';

/** A request that is fully decided. */
export interface PlannedRequest extends RequestAddress {
  readonly method: string;
  /** By their names in lower case. */
  readonly headers: RequestHeaders;
  readonly body: RequestBody | undefined;
  /** Where the answer goes, as it was given: relative to PowerShell's location. */
  readonly outputFile: string | undefined;
}

/** What a caller says of a request. */
export interface RequestOptions {
  readonly uri: string;
  readonly method: string;
  readonly endpoint: ServiceName | undefined;
  readonly headers: RequestHeaders;
  readonly body: RequestBody | undefined;
  readonly outputFile: string | undefined;
  /** Whether the number of all objects is asked for. */
  readonly isCounted: boolean;
}

/** Methods that change nothing (RFC 9110, section 9.2.1). */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Decides a request. @throws RequestError for an address or a body that it cannot have */
export function planRequest(options: RequestOptions, environment: CloudEnvironment): PlannedRequest {
  const { method, body, outputFile, headers } = options;
  const { url, service } = readAddress(options.uri, environment, options.endpoint);
  if (body !== undefined && isSafe(method)) {
    throw new RequestError({
      code: 'BodyRefused',
      message: `A ${method} has no body.`,
      recommendedAction: 'Pass -Method POST, PATCH or PUT with it, or put what is asked for into the query of -Uri.',
      target: 'Body',
    });
  }
  const request = { method, url, service, body, outputFile };
  if (!options.isCounted || service.name !== 'Graph') return { ...request, headers };
  // Microsoft Graph counts directory objects for those alone who take eventual consistency.
  if (!url.searchParams.has('$count')) url.search += `${url.search === '' ? '?' : '&'}$count=true`;
  return { ...request, headers: { consistencylevel: 'eventual', ...headers } };
}

/** What a preview tells of a request that changes something, here or at the service; nothing of any other. */
export function previewOf(
  { method, url, body, outputFile }: PlannedRequest,
  identifier: string,
): { readonly target: string; readonly action: string } | undefined {
  if (isSafe(method) && outputFile === undefined) return undefined;
  const what = body === undefined ? '' : ` with ${describeBody(body)}`;
  const where = outputFile === undefined ? '' : `, and write the answer to the file ${outputFile}`;
  return { target: shownAddress(url), action: `${method}${what} as ${identifier}${where}` };
}
