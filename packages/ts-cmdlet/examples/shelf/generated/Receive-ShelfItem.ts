// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Receive-ShelfItem: one variant for each parameter set. */
export type ReceiveShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The name of the item. */
  readonly Name: string;
  /** The path of the folder. */
  readonly Destination: string;
  /** Replaces a file that is there. */
  readonly Force?: boolean;
};

/** What ajv checks when parameters of Receive-ShelfItem arrive from PowerShell. */
export const ReceiveShelfItemSchema = {
  $id: 'Receive-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: { type: 'string' },
    Destination: { type: 'string' },
    Force: { type: 'boolean' },
  },
  required: ['parameterSetName', 'Name', 'Destination'],
  additionalProperties: false,
} as const;
