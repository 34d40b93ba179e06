/** What went wrong with a request, as a stable code: the error id that a user sees. */
export type RequestErrorCode =
  // The call is wrong.
  | 'AddressInvalid'
  | 'AddressRefused'
  | 'HeaderRefused'
  | 'BodyInvalid'
  | 'BodyRefused'
  | 'BatchRefused'
  | 'OutputRefused'
  | 'FileUnusable'
  // The service refused, by the status of its answer.
  | 'RequestInvalid'
  | 'RequestNotAuthorized'
  | 'PermissionDenied'
  | 'ObjectNotFound'
  | 'MethodNotAllowed'
  | 'RequestConflict'
  | 'RequestThrottled'
  | 'RequestFailed'
  | 'ServiceUnavailable'
  // The service could not be asked, or what it said is not an answer, or leads elsewhere.
  | 'ServiceUnreachable'
  | 'ServiceNotTrusted'
  | 'ServiceTimeout'
  | 'ServiceAnswerInvalid'
  | 'RedirectRefused'
  | 'NextLinkRefused';

/** What a `RequestError` is made of. Nothing in it may hold a token or a secret. */
export interface RequestErrorDetails {
  readonly code: RequestErrorCode;
  /** What happened, in plain words. */
  readonly message: string;
  /** What to do about it. */
  readonly recommendedAction: string;
  /** What it is about: an address, a parameter, a host. */
  readonly target: string;
  /** Facts for support, such as the service's code and the request's id. */
  readonly data?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that cannot be made or failed: what happened and what to do. */
export class RequestError extends Error {
  readonly details: RequestErrorDetails;

  constructor(details: RequestErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'RequestError';
    this.details = details;
  }

  get code(): RequestErrorCode {
    return this.details.code;
  }
}
