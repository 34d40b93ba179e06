import { type Static, Type } from 'typebox';

// The protocol between a module's PowerShell side (../host) and its core: newline-delimited JSON-RPC 2.0, one
// schema for each message. `invocation` is always the id of the `cmdlet/invoke` request that a message belongs to.

const closed = { additionalProperties: false } as const;
const Id = Type.Union([Type.Integer(), Type.String()]);
const Params = Type.Record(Type.String(), Type.Unknown());

/** Any message on arrival: a request, a notification (no `id`), or a response (no `method`). */
export const Envelope = Type.Union([
  Type.Object(
    { jsonrpc: Type.Literal('2.0'), id: Type.Optional(Id), method: Type.String(), params: Type.Optional(Params) },
    closed,
  ),
  Type.Object({ jsonrpc: Type.Literal('2.0'), id: Id, result: Type.Unknown() }, closed),
  Type.Object(
    {
      jsonrpc: Type.Literal('2.0'),
      id: Type.Union([Id, Type.Null()]),
      error: Type.Object({ code: Type.Integer(), message: Type.String(), data: Type.Optional(Type.Unknown()) }, closed),
    },
    closed,
  ),
]);
export type Envelope = Static<typeof Envelope>;

/** The one line of a core's standard input: where it connects to (`net.connect`), and by what it is known there. */
export const StartLine = Type.Object({ address: Type.String(), nonce: Type.String() }, closed);
export type StartLine = Static<typeof StartLine>;

/**
 * The notification `core/ready`, with which a core begins. PowerShell checks `nodeVersion` (such as `24.1.0`) against what the
 * core needs. Where `processId` is not that of the process that PowerShell started, a shim stands before Node.js, and
 * `executable` is the Node.js itself.
 */
export interface ReadyParams {
  nonce: string;
  protocolVersion: number;
  nodeVersion: string;
  processId: number;
  executable: string;
}

// `ping` asks whether a core is still there, as in the Model Context Protocol: no parameters, and an empty object back.

/**
 * `cmdlet/invoke` runs one cmdlet: its name, the parameter set that PowerShell bound, and the bound parameters in wire
 * form. `pipeline` is the same number for all records of one pipeline; without it, the call is a pipeline of its own.
 * The first message of a pipeline has in `commandLine` what was bound before the first record; `parameters` has the rest.
 * With `debug`, the debug stream is seen: before the answer, the core marks in what it prints how far that was.
 * `whatIf` is there where the cmdlet has -WhatIf: whether it is given, or the caller's $WhatIfPreference stands for it. Where
 * it is true, the answer to `host/shouldProcess` is no and need not be waited for.
 */
export const InvokeParams = Type.Object(
  {
    cmdlet: Type.String(),
    parameterSetName: Type.String(),
    parameters: Params,
    pipeline: Type.Optional(Type.Integer()),
    commandLine: Type.Optional(Params),
    whatIf: Type.Optional(Type.Boolean()),
    debug: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type InvokeParams = Static<typeof InvokeParams>;

/**
 * `cmdlet/end` tells that the last record of a pipeline is through; the answer comes when the cmdlet has done the rest.
 * `whatIf` is that of `cmdlet/invoke`.
 */
export const EndParams = Type.Object(
  {
    cmdlet: Type.String(),
    pipeline: Type.Integer(),
    commandLine: Type.Optional(Params),
    whatIf: Type.Optional(Type.Boolean()),
    debug: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type EndParams = Static<typeof EndParams>;

/** The notification `cmdlet/close` tells that a pipeline is over, in whatever way. */
export const CloseParams = Type.Object({ pipeline: Type.Integer() }, closed);
export type CloseParams = Static<typeof CloseParams>;

/**
 * The notification `environment/change` comes before a call where variables of the shell's environment were set, changed or
 * removed (null) since the core was started or last told. The values may be secrets.
 */
export const EnvironmentParams = Type.Object(
  { variables: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])) },
  closed,
);
export type EnvironmentParams = Static<typeof EnvironmentParams>;

/**
 * `cmdlet/complete` asks for the values of a parameter that a word may become: the answer is a list of `WireCompletion`.
 * `bound` has the other parameters as far as the command line's text says what they are, by no type of theirs.
 */
export const CompleteParams = Type.Object(
  { cmdlet: Type.String(), parameter: Type.String(), word: Type.String(), bound: Params },
  closed,
);
export type CompleteParams = Static<typeof CompleteParams>;

/** What a System.Management.Automation.CompletionResult is made of; PowerShell's side quotes the text where it must. */
export interface WireCompletion {
  text: string;
  listText?: string;
  tooltip?: string;
  kind?: string;
}

/** Ends a running request early (Ctrl+C, a downstream `Select-Object -First`); as in the Language Server Protocol. */
export const CancelParams = Type.Object({ id: Id }, closed);
export type CancelParams = Static<typeof CancelParams>;

/** What PowerShell answers to `host/shouldProcess` and `host/shouldContinue`. */
export const Decision = Type.Boolean();

/** The URL of a proxy; null for a direct connection. */
export const ProxyAnswer = Type.Union([Type.String(), Type.Null()]);

/**
 * The cultures of a session by their names, such as `de-DE`; empty for the invariant one: that of numbers and dates
 * ($PSCulture), and that of texts ($PSUICulture).
 */
export const SessionCulture = Type.Object({ culture: Type.String(), uiCulture: Type.String() }, closed);
export type SessionCulture = Readonly<Static<typeof SessionCulture>>;

/** The names of System.Management.Automation.ErrorCategory. */
export const ErrorCategory = Type.Enum([
  'NotSpecified',
  'OpenError',
  'CloseError',
  'DeviceError',
  'DeadlockDetected',
  'InvalidArgument',
  'InvalidData',
  'InvalidOperation',
  'InvalidResult',
  'InvalidType',
  'MetadataError',
  'NotImplemented',
  'NotInstalled',
  'ObjectNotFound',
  'OperationStopped',
  'OperationTimeout',
  'SyntaxError',
  'ParserError',
  'PermissionDenied',
  'ResourceBusy',
  'ResourceExists',
  'ResourceUnavailable',
  'ReadError',
  'WriteError',
  'FromStdErr',
  'SecurityError',
  'ProtocolError',
  'ConnectionError',
  'AuthenticationError',
  'LimitsExceeded',
  'QuotaExceeded',
  'NotEnabled',
]);
export type ErrorCategory = Static<typeof ErrorCategory>;

/** What an ErrorRecord is made of. `message` says what happened, `recommendedAction` what to do. */
export const WireErrorRecord = Type.Object(
  {
    errorId: Type.String(),
    category: ErrorCategory,
    message: Type.String(),
    recommendedAction: Type.String(),
    targetObject: Type.String(),
    /** A .NET exception type from the list in Records.cs; InvalidOperationException where absent. */
    exceptionType: Type.Optional(Type.String()),
    /** Facts kept in the exception's `Data`, such as a correlation id. */
    data: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  closed,
);
export type WireErrorRecord = Static<typeof WireErrorRecord>;

/** The messages that a core sends in a call, by method (METHODS); `invocation` is left out here and added to each. */
export interface CoreMessages {
  /** Asks whether PowerShell still waits for the call, and has an answer only then. */
  'host/ping': Readonly<Record<string, never>>;
  /** Tells that the core is needed no more once no call and no pipeline of it is open. */
  'core/end': Readonly<Record<string, never>>;
  /** Asks `$PSCmdlet.ShouldProcess(target, action)`; the answer is a `Decision`. A notification where that is known. */
  'host/shouldProcess': { target: string; action: string };
  /** Asks `$PSCmdlet.ShouldContinue(query, caption)`; the answer is a `Decision`. */
  'host/shouldContinue': { query: string; caption: string };
  /**
   * Calls one of the functions that the module's settings name under `hostFunctions`. The answer is what it returns, or
   * an error with a `WireErrorRecord` as its data.
   */
  'host/call': { function: string; arguments: Readonly<Record<string, unknown>> };
  /** Asks for the proxy that .NET has for an address; the answer is a `ProxyAnswer`. */
  'host/proxy': { address: string };
  /** Asks for the session's cultures; the answer is a `SessionCulture`. */
  'host/culture': Readonly<Record<string, never>>;
  /** How many objects there are without paging, from 0 on; `accuracy` is from 0 (unknown) to 1 (exact). */
  'stream/totalCount': { count: number; accuracy: number };
  /** Objects for the pipeline, in the wire form of values.ts. */
  'stream/output': { values: readonly unknown[] };
  'stream/error': { error: WireErrorRecord };
  /** `mustBeSeen` has it shown on the screen as well when neither warnings nor progress are. */
  'stream/warning': { message: string; mustBeSeen?: true };
  'stream/verbose': { message: string };
  'stream/debug': { message: string };
  'stream/information': { message: string; tags: readonly string[] };
  'stream/progress': WireProgressRecord;
}

/** What a System.Management.Automation.ProgressRecord is made of. */
export interface WireProgressRecord {
  activity: string;
  status: string;
  percentComplete?: number;
  secondsRemaining?: number;
  completed?: boolean;
}
