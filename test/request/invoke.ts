import path from 'node:path';
import { commandLineClientId, type User } from 'fake-entra/directory';
import type { Entra } from 'fake-entra/entra';
import { hashtable } from 'ts-cmdlet';
import { type CmdletRun, runCmdlet } from 'ts-cmdlet/testing';
import { Session } from '../../src/auth/session.ts';
import { refreshTokenSignIn, type SignInRequest } from '../../src/auth/sign-in-request.ts';
import { invokeRequest } from '../../src/cmdlets/invoke-request.ts';
import type { InvokeSecMgmtRequestParameters } from '../../src/generated/Invoke-SecMgmtRequest.ts';
import { Transport } from '../../src/request/transport.ts';
import { recordedCall, startInProcess } from '../auth/in-process.ts';

// Invoke-SecMgmtRequest in this process: the real handler, MSAL, HTTP and TLS against the services on loopback, without
// PowerShell in between.

type RequestSet = Extract<InvokeSecMgmtRequestParameters, { parameterSetName: 'Request' }>;

/** What a call is given beside -Uri. */
export type RequestOptions = Partial<Omit<RequestSet, 'Uri' | 'parameterSetName'>>;

/** A session with an account, and the services that it may ask. */
export interface Requests extends AsyncDisposable {
  readonly entra: Entra;
  readonly session: Session;
  readonly user: User;
  /** Connects an account; Adele by a refresh token where nothing else is said. */
  connect(request?: SignInRequest): Promise<void>;
  /** Calls the cmdlet with one address on its command line, or several that come through the pipeline. */
  invoke(uri: string | readonly string[], options?: RequestOptions, run?: RunOptions): Promise<CmdletRun>;
  /** Calls it with -Batch. */
  batch(uris: readonly string[], options?: RequestOptions): Promise<CmdletRun>;
  /** Calls it, which has to fail; gives the error's record. */
  refused(uri: string, options?: RequestOptions): Promise<Record<string, unknown>>;
}

interface RunOptions {
  readonly whatIf?: boolean;
  readonly signal?: AbortSignal;
  readonly inputFile?: string;
}

/** Starts the authority and the services, and connects Adele. */
export async function startRequests(): Promise<Requests> {
  const authority = await startInProcess();
  const { entra } = authority;
  const tenantId = entra.directory.tenantOf('AzureCloud').id;
  const user = entra.directory.addUser({ tenantId, userPrincipalName: 'adele@contoso.example' });
  const session = new Session();
  const transport = new Transport();

  async function connect(request?: SignInRequest): Promise<void> {
    const given =
      request ?? refreshTokenSignIn({}, commandLineClientId, await entra.issueRefreshToken(user, commandLineClientId));
    await session.connect(given, recordedCall());
  }

  async function run(
    records: InvokeSecMgmtRequestParameters[],
    options: RequestOptions,
    uri?: string,
    more: RunOptions = {},
  ) {
    const { inputFile: _, ...running } = more;
    return await runCmdlet(
      invokeRequest(session, () => Promise.resolve(transport)),
      records,
      {
        commandLine: { ...options, ...(uri !== undefined && { Uri: uri }) },
        callHost: hostCall,
        ...running,
      },
    );
  }

  const requests: Requests = {
    entra,
    session,
    user,
    connect,
    async invoke(uri, options = {}, more = {}) {
      const uris = typeof uri === 'string' ? [uri] : uri;
      const { inputFile } = more;
      const { Body: _, ...rest } = options;
      const records = uris.map(
        (Uri): InvokeSecMgmtRequestParameters =>
          inputFile === undefined
            ? { ...options, parameterSetName: 'Request', Uri }
            : { ...rest, parameterSetName: 'InputFile', InputFilePath: inputFile, Uri },
      );
      return await run(records, options, typeof uri === 'string' ? uri : undefined, more);
    },
    async batch(uris, { Body: _, Method: _method, ContentType: _type, OutputFilePath: _file, ...options } = {}) {
      return await run(
        uris.map(
          (Uri): InvokeSecMgmtRequestParameters => ({ ...options, parameterSetName: 'Batch', Batch: true, Uri }),
        ),
        options,
      );
    },
    async refused(uri, options) {
      const error: unknown = await requests.invoke(uri, options).then(
        () => new Error('Nothing was refused.'),
        (reason: unknown) => reason,
      );
      if (error instanceof Error && 'details' in error) return { ...Object(error.details) };
      throw error;
    },
    async [Symbol.asyncDispose]() {
      for (const connection of session.connections) await connection.close();
      await authority[Symbol.asyncDispose]();
    },
  };
  await connect();
  return requests;
}

/** What PowerShell's side of the module answers in this process. */
async function hostCall(name: string, args: Readonly<Record<string, string>> = {}): Promise<unknown> {
  switch (name) {
    case 'Resolve-RequestFile':
      return hashtable({ path: path.resolve(args.Path ?? '') });
    default:
      throw new Error(`Nobody plays ${name}.`);
  }
}

/** A header of each request that reached a host, in their order. */
export function headersSent(entra: Entra, host: string, header: string): (string | undefined)[] {
  const sent = entra.log.exchanges.filter(({ request }) => request.host === host);
  return sent.map(({ request }) => request.headers[header]?.toString());
}
