/** What leads to the network, at the time of a call. */
export interface NetworkSettings {
  /** The shell's environment: HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS and SECMGMT_HTTP_TIMEOUT, and what chooses a browser. */
  readonly environment: NodeJS.ProcessEnv;
  /** The URL of the proxy that the system, or .NET, has for the authority: what counts where HTTPS_PROXY is not set. */
  readonly defaultProxy?: string;
}

/** What a request needs of the call that it is made for. */
export interface NetworkCall {
  readonly signal: AbortSignal;
  warn(message: string): void;
  verbose(message: string): void;
}
