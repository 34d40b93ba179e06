import { type Static, Type } from 'typebox';

const Text = Type.String();

/**
 * How a service says no ("Microsoft Graph error responses and resource types"; Azure Resource Manager words its errors so
 * too). The ids stand in the inner error.
 */
export const ServiceRefusal = Type.Object({
  error: Type.Object({
    code: Type.Optional(Text),
    message: Type.Optional(Text),
    innerError: Type.Optional(
      Type.Object({
        code: Type.Optional(Text),
        date: Type.Optional(Text),
        'request-id': Type.Optional(Text),
        'client-request-id': Type.Optional(Text),
      }),
    ),
  }),
});
export type ServiceRefusal = Static<typeof ServiceRefusal>;

/** The answer to a batch ("Combine multiple HTTP requests using JSON batching"). */
export const BatchAnswer = Type.Object({
  responses: Type.Array(
    Type.Object({
      id: Text,
      status: Type.Integer({ minimum: 100, maximum: 599 }),
      headers: Type.Optional(Type.Record(Text, Text)),
      body: Type.Optional(Type.Unknown()),
    }),
  ),
});
