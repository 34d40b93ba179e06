import {
  CmdletError,
  type CommandLine,
  definePipelineCmdlet,
  type Invocation,
  type Plan,
  type RunnableCmdlet,
} from 'ts-cmdlet';
import type { Connection } from '../auth/connection.ts';
import type { Session } from '../auth/session.ts';
import type { InvokeSecMgmtRequestParameters } from '../generated/Invoke-SecMgmtRequest.ts';
import { sentFile, writeAnswer } from '../request/answer-file.ts';
import { askBatch, BATCH_SIZE, versionOf } from '../request/batch.ts';
import { type Answer, readPages } from '../request/pages.ts';
import { Paging } from '../request/paging.ts';
import { isSafe, type PlannedRequest, planRequest, previewOf } from '../request/planned-request.ts';
import { ServiceClient, type ServiceRequest } from '../request/service-client.ts';
import type { OpenTransport, Transport } from '../request/transport.ts';
import { addressCompleter } from './completers.ts';
import { keyOfContext } from './context-key.ts';
import { toRequestFailure } from './request-failure.ts';
import { hostRequestFile } from './request-file.ts';
import { batchedRequest, countOf, requestOptions } from './request-options.ts';
import { type OutputType, outputOf } from './request-output.ts';
import { signInCall } from './sign-in-call.ts';

interface RequestPlan extends Plan {
  readonly connection: Connection;
  readonly request: PlannedRequest;
  readonly isBatched: boolean;
}

/** Invoke-SecMgmtRequest: sends requests as the account, and writes what the service answers. */
export function invokeRequest(
  session: Session,
  loadTransport: () => Promise<Transport>,
): RunnableCmdlet<InvokeSecMgmtRequestParameters> {
  return definePipelineCmdlet<InvokeSecMgmtRequestParameters, RequestPlan>(
    commandLine => {
      const pipeline = new RequestPipeline(loadTransport, commandLine);
      return {
        plan: parameters => failing(() => planOf(session, parameters)),
        run: (plan, invocation) => pipeline.run(plan, invocation),
        end: invocation => pipeline.end(invocation),
      };
    },
    { Uri: addressCompleter },
  );
}

function planOf(session: Session, parameters: InvokeSecMgmtRequestParameters): RequestPlan {
  const connection = session.connection(keyOfContext(parameters.Context));
  const { account, environment } = connection.context;
  const request = planRequest(requestOptions(parameters), environment);
  const isBatched = parameters.parameterSetName === 'Batch' && parameters.Batch;
  if (isBatched) batchedRequest(request);
  const confirm = previewOf(request, account.identifier || account.objectId);
  // A request that only reads is sent by a preview, too: it is not what -WhatIf is asked about.
  return { connection, request, isBatched, ...(confirm ? { confirm } : { runsUnderWhatIf: true }) };
}

/** The requests of one pipeline. */
class RequestPipeline {
  readonly #loadTransport: () => Promise<Transport>;
  readonly #isPiped: boolean;
  readonly #outputType: OutputType;
  readonly #paging: Paging;
  #isCounted: boolean;
  #batch: { readonly connection: Connection; readonly requests: ServiceRequest[] } | undefined;

  constructor(loadTransport: () => Promise<Transport>, commandLine: CommandLine<InvokeSecMgmtRequestParameters>) {
    const { Uri, OutputType: outputType = 'PSObject', First, Skip, IncludeTotalCount = false } = commandLine;
    this.#loadTransport = loadTransport;
    this.#isPiped = Uri === undefined;
    this.#outputType = outputType;
    this.#paging = new Paging({ ...(First && { first: countOf(First) }), ...(Skip && { skip: countOf(Skip) }) });
    this.#isCounted = IncludeTotalCount;
  }

  async run(plan: RequestPlan, invocation: Invocation): Promise<void> {
    if (this.#paging.isDone && isSafe(plan.request.method) && !this.#isCounted) return;
    await this.#deal(invocation, async () => {
      if (plan.isBatched) await this.#collect(plan, invocation);
      else await this.#send(plan, invocation);
    });
  }

  async end(invocation: Invocation): Promise<void> {
    await this.#deal(invocation, () => this.#flush(invocation));
  }

  async #send({ connection, request }: RequestPlan, invocation: Invocation): Promise<void> {
    const client = await this.#client(connection, request, invocation);
    const sent = await serviceRequest(request, invocation);
    if (request.outputFile === undefined) return await this.#write(readPages(client, sent), invocation);
    const file = await hostRequestFile(invocation, request.outputFile);
    const accepting = { ...sent, headers: { accept: '*/*', ...sent.headers } };
    const transport = await this.#transportFor(request, invocation);
    await writeAnswer(file, await client.open(accepting), sent.url, transport, invocation.signal);
  }

  async #collect({ connection, request }: RequestPlan, invocation: Invocation): Promise<void> {
    const first = this.#batch?.requests[0];
    const isOther = first !== undefined && versionOf(first.url) !== versionOf(request.url);
    if (isOther || (this.#batch !== undefined && this.#batch.connection !== connection)) await this.#flush(invocation);
    this.#batch ??= { connection, requests: [] };
    this.#batch.requests.push(await serviceRequest(request, invocation));
    if (this.#batch.requests.length === BATCH_SIZE) await this.#flush(invocation);
  }

  async #flush(invocation: Invocation): Promise<void> {
    const batch = this.#batch;
    this.#batch = undefined;
    const [first] = batch?.requests ?? [];
    if (batch === undefined || first === undefined) return;
    const client = await this.#client(batch.connection, first, invocation);
    for (const result of await askBatch(client, batch.requests, signInCall(invocation))) {
      await this.#deal(invocation, async () => {
        if ('error' in result) throw result.error;
        await this.#write(readPages(client, result.request, result.answer), invocation);
      });
    }
  }

  async #write(answers: AsyncIterable<Answer>, invocation: Invocation): Promise<void> {
    for await (const answer of answers) {
      if (this.#isCounted && answer.kind === 'page') {
        this.#isCounted = false;
        // What the service does not say is unknown.
        invocation.writeTotalCount(answer.count ?? 0, answer.count === undefined ? 0 : 1);
      }
      for (const object of this.#paging.take(outputOf(answer, this.#outputType))) await invocation.writeObject(object);
      if (this.#paging.isDone) return;
    }
  }

  async #client(connection: Connection, { service }: { service: ServiceRequest['service'] }, invocation: Invocation) {
    return new ServiceClient(connection, await this.#transportFor({ service }, invocation), signInCall(invocation));
  }

  async #transportFor(
    { service }: { service: ServiceRequest['service'] },
    invocation: Invocation,
  ): Promise<OpenTransport> {
    // For each record anew: the signal of a call is aborted at its end, and the connections stay open.
    const call = signInCall(invocation);
    return (await this.#loadTransport()).open(await call.network(`${service.origin}/`), call);
  }

  /** What is wrong with one request of several is told, and the next are still sent. */
  async #deal(invocation: Invocation, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      invocation.signal.throwIfAborted();
      const failure = toRequestFailure(error);
      if (this.#isPiped && failure instanceof CmdletError) invocation.writeError(failure);
      else throw failure;
    }
  }
}

async function serviceRequest(
  { method, url, service, headers, body }: PlannedRequest,
  invocation: Invocation,
): Promise<ServiceRequest> {
  const request = { method, url, service, headers };
  if (body === undefined) return request;
  const typed = { ...request, headers: { 'content-type': body.contentType, ...headers } };
  if (body.kind === 'bytes') return { ...typed, body: () => body.bytes };
  const file = await sentFile(await hostRequestFile(invocation, body.path));
  return { ...typed, headers: { ...typed.headers, 'content-length': String(file.size) }, body: () => file.open() };
}

function failing<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw toRequestFailure(error);
  }
}
