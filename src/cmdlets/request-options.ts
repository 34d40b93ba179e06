import type { WireScalar } from 'ts-cmdlet';
import type { InvokeSecMgmtRequestParameters } from '../generated/Invoke-SecMgmtRequest.ts';
import { isSafe, type PlannedRequest, type RequestOptions } from '../request/planned-request.ts';
import { fileBody, type RequestBody, readBody } from '../request/request-body.ts';
import { RequestError } from '../request/request-error.ts';
import { readHeaders } from '../request/request-headers.ts';

/** What the parameters say of a request. @throws RequestError for what cannot go together */
export function requestOptions(parameters: InvokeSecMgmtRequestParameters): RequestOptions {
  const { Uri, Endpoint, Headers, OutputType, First, Skip, IncludeTotalCount = false } = parameters;
  const outputFile = 'OutputFilePath' in parameters ? parameters.OutputFilePath : undefined;
  const isPaged = First !== undefined || Skip !== undefined || IncludeTotalCount;
  if (outputFile !== undefined && (isPaged || OutputType !== undefined)) {
    throw outputRefused(
      '-OutputFilePath writes the answer as it comes, so it does not go with -OutputType, -First, -Skip or -IncludeTotalCount.',
    );
  }
  if (OutputType === 'Json' && (First !== undefined || Skip !== undefined)) {
    throw outputRefused(
      '-OutputType Json returns the text of whole answers, so -First and -Skip have no objects to count.',
    );
  }
  return {
    uri: Uri,
    method: 'Method' in parameters && parameters.Method !== undefined ? parameters.Method : 'GET',
    endpoint: Endpoint,
    headers: readHeaders(Headers?.entries ?? {}),
    body: bodyOf(parameters),
    outputFile,
    isCounted: IncludeTotalCount,
  };
}

/** Holds that a request can be a part of a batch. @throws RequestError `BatchRefused` */
export function batchedRequest({ method, service }: PlannedRequest): void {
  if (isSafe(method) && service.name === 'Graph') return;
  throw new RequestError({
    code: 'BatchRefused',
    message: `Requests to ${service.origin} do not go together in a batch: Microsoft Graph alone has that.`,
    recommendedAction: 'Leave -Batch out.',
    target: 'Batch',
  });
}

/** A number of objects. Beyond what JavaScript counts exactly there are none. */
export function countOf({ value }: WireScalar<'System.UInt64'>): number {
  return Number(value);
}

function bodyOf(parameters: InvokeSecMgmtRequestParameters): RequestBody | undefined {
  switch (parameters.parameterSetName) {
    case 'Batch':
      return undefined;
    case 'InputFile':
      return fileBody(parameters.InputFilePath, parameters.ContentType);
    case 'Request':
      return parameters.Body === undefined ? undefined : readBody(parameters.Body, parameters.ContentType);
  }
}

function outputRefused(message: string): RequestError {
  return new RequestError({
    code: 'OutputRefused',
    message,
    recommendedAction: 'Leave one of them out.',
    target: 'OutputType',
  });
}
