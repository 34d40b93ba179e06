// Numbers of the protocol, apart from its messages: a core needs them at run time, and the schemas only when it is built.

/** Raised when either side's messages change in a way the other would not understand. */
export const PROTOCOL_VERSION = 5;

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
