import type { RequestFault } from './faults.ts';
import type { HttpResponse } from './http-message.ts';

// Answers of the authority itself that are not quite as they should be.

/** An answer whose JSON has other fields; `undefined` takes one away. */
export function changedFields(fields: Readonly<Record<string, unknown>>): RequestFault {
  return { kind: 'change', change: response => withJson(response, answer => ({ ...answer, ...fields })) };
}

/** A token answer whose ID token has other claims; `undefined` takes one away. Its signature is not made anew. */
export function changedIdToken(claims: Readonly<Record<string, unknown>>): RequestFault {
  return {
    kind: 'change',
    change: response =>
      withJson(response, answer => {
        if (typeof answer.id_token !== 'string') return answer;
        const [header, payload = '', signature] = answer.id_token.split('.');
        const changed = encode({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims });
        return { ...answer, id_token: `${header}.${changed}.${signature}` };
      }),
  };
}

/** A refusal with this code, as Entra ID words its refusals ("… error codes", error response). */
export function refusal(number: number, error = 'invalid_grant', status = 400): RequestFault {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      error,
      error_description: `AADSTS${number}: Own words of the service. Trace ID: t Correlation ID: c Timestamp: 2026-03-03 10:00:00Z`,
      error_codes: [number],
      timestamp: '2026-03-03 10:00:00Z',
      trace_id: 't',
      correlation_id: 'c',
    }),
  };
}

function withJson(
  response: HttpResponse,
  change: (answer: Record<string, unknown>) => Record<string, unknown>,
): HttpResponse {
  if (response.status !== 200) return response;
  const answer: Record<string, unknown> = JSON.parse(response.body.toString());
  return { ...response, body: JSON.stringify(change(answer)) };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
