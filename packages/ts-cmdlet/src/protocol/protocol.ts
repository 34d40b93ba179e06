// Numbers and names of the protocol, apart from its messages: a core needs them at run time, and the schemas only when it is
// built. PowerShell's side gets the same from here when it is compiled (scripts/host-tables.ts).

/** Raised when either side's messages change in a way the other would not understand. */
export const PROTOCOL_VERSION = 6;

/** The longest line, in bytes, without its end. A line beyond it is a fault of the sender, not a message. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** How many arrays and objects of a value may be inside one another. */
export const MAX_DEPTH = 64;

/** The names of all messages. */
export const METHODS = {
  ready: 'core/ready',
  endCore: 'core/end',
  ping: 'ping',
  invoke: 'cmdlet/invoke',
  end: 'cmdlet/end',
  close: 'cmdlet/close',
  complete: 'cmdlet/complete',
  cancel: '$/cancelRequest',
  environment: 'environment/change',
  hostPing: 'host/ping',
  shouldProcess: 'host/shouldProcess',
  shouldContinue: 'host/shouldContinue',
  callFunction: 'host/call',
  culture: 'host/culture',
  proxy: 'host/proxy',
  output: 'stream/output',
  totalCount: 'stream/totalCount',
  error: 'stream/error',
  warning: 'stream/warning',
  verbose: 'stream/verbose',
  debug: 'stream/debug',
  information: 'stream/information',
  progress: 'stream/progress',
} as const;

/** Codes of JSON-RPC 2.0 section 5.1, of the Language Server Protocol (cancelled), and one of our own. */
export const RpcErrorCode = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  requestCancelled: -32800,
  /** The cmdlet ended with a terminating error; `data` is its error record. */
  cmdletFailed: -32000,
} as const;
