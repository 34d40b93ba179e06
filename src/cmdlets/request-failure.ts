import { CmdletError, type ErrorCategory } from 'ts-cmdlet';
import { RequestError, type RequestErrorCode } from '../request/request-error.ts';
import { toCmdletError } from './auth-failure.ts';

const argument = 'System.ArgumentException';
const http = 'System.Net.Http.HttpRequestException';

const kinds: Readonly<Record<RequestErrorCode, readonly [ErrorCategory, exceptionType: string]>> = {
  AddressInvalid: ['InvalidArgument', argument],
  AddressRefused: ['SecurityError', argument],
  HeaderRefused: ['InvalidArgument', argument],
  BodyInvalid: ['InvalidArgument', argument],
  BodyRefused: ['InvalidArgument', argument],
  BatchRefused: ['InvalidArgument', argument],
  OutputRefused: ['InvalidArgument', argument],
  FileUnusable: ['OpenError', 'System.InvalidOperationException'],
  RequestInvalid: ['InvalidArgument', http],
  RequestNotAuthorized: ['AuthenticationError', http],
  PermissionDenied: ['PermissionDenied', http],
  ObjectNotFound: ['ObjectNotFound', http],
  MethodNotAllowed: ['InvalidOperation', http],
  RequestConflict: ['ResourceExists', http],
  RequestThrottled: ['LimitsExceeded', http],
  RequestFailed: ['InvalidOperation', http],
  ServiceUnavailable: ['ResourceUnavailable', http],
  ServiceUnreachable: ['ConnectionError', http],
  ServiceNotTrusted: ['SecurityError', http],
  ServiceTimeout: ['OperationTimeout', 'System.TimeoutException'],
  ServiceAnswerInvalid: ['InvalidResult', http],
  RedirectRefused: ['SecurityError', http],
  NextLinkRefused: ['SecurityError', http],
};

/** An error of src/request or src/auth as that of a cmdlet, its code the error id; any other error as it is. */
export function toRequestFailure(error: unknown): unknown {
  if (!(error instanceof RequestError)) return toCmdletError(error);
  const { code, message, recommendedAction, target, data = {} } = error.details;
  const [category, exceptionType] = kinds[code];
  return new CmdletError({
    errorId: code,
    category,
    exceptionType,
    message,
    recommendedAction,
    target,
    data,
    cause: error,
  });
}
