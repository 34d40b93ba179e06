import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Clock } from '../clock.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { GraphRefusal, graphResponse } from './graph-answers.ts';

/** The body of a batch ("Combine multiple HTTP requests using JSON batching"). */
const Batch = Type.Object({
  requests: Type.Array(
    Type.Object({
      id: Type.String(),
      method: Type.String(),
      url: Type.String(),
      headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
  ),
});

/** Answers a batch: each part by itself, in an order that need not be that of the requests. @throws GraphRefusal */
export async function answerBatch(
  request: HttpRequest,
  clock: Clock,
  answerPart: (part: HttpRequest) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const batch: unknown = JSON.parse(request.body.toString());
  if (!Value.Check(Batch, batch)) throw new GraphRefusal(400, 'BadRequest', 'Invalid batch payload format.');
  if (batch.requests.length > 20)
    throw new GraphRefusal(400, 'BadRequest', 'Number of batch requests exceeds the maximum of 20.');
  const version = request.path.slice(0, -'/$batch'.length);
  const responses = batch.requests.map(async ({ id, method, url, headers = {} }) => {
    const { pathname, searchParams } = new URL(`https://${request.host}${version}${url}`);
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const part = {
      host: request.host,
      method,
      path: pathname,
      query: searchParams,
      headers: lowered,
      body: Buffer.alloc(0),
    };
    const { status, headers: answered, body } = await answerPart(part);
    const named = Object.entries(answered).map(([name, value]) => [
      name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase()),
      String(value),
    ]);
    return {
      id,
      status,
      headers: Object.fromEntries(named),
      body: body.length > 0 ? JSON.parse(body.toString()) : undefined,
    };
  });
  return graphResponse(request, clock, 200, { responses: (await Promise.all(responses)).reverse() });
}
