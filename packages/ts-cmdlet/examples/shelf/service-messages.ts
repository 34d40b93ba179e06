import { type Static, Type } from 'ts-cmdlet';

// What the service answers, as far as the cmdlets read it.

/** `modified` is a time of ISO 8601, `size` is in bytes. */
export const ServiceItem = Type.Object({
  name: Type.String(),
  size: Type.Integer(),
  labels: Type.Array(Type.String()),
  modified: Type.String(),
});
export type ServiceItem = Static<typeof ServiceItem>;

/** A part of all items, in the order of their names; `total` counts all, `next` is what the next page is asked for by. */
export const ServicePage = Type.Object({
  total: Type.Integer(),
  items: Type.Array(ServiceItem),
  next: Type.Union([Type.String(), Type.Null()]),
});
export type ServicePage = Static<typeof ServicePage>;

/** An event of the stream of changes. */
export const ServiceChange = Type.Object({
  kind: Type.Union([Type.Literal('Created'), Type.Literal('Changed'), Type.Literal('Removed')]),
  name: Type.String(),
  time: Type.String(),
});

export const ServiceLabels = Type.Array(Type.String());
