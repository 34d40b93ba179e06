// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Watch-ShelfItem: one variant for each parameter set. */
export type WatchShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The names of the items, or patterns. The default is all items. */
  readonly Name?: readonly string[];
};

/** What ajv checks when parameters of Watch-ShelfItem arrive from PowerShell. */
export const WatchShelfItemSchema = {
  $id: 'Watch-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: {
      type: 'array',
      items: { type: 'string' },
    },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
