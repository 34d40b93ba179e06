// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Set-ShelfItem: one variant for each parameter set. */
export type SetShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The name of the item. */
  readonly Name: string;
  /** The labels of the item. Tab completes those that the service knows. */
  readonly Label: readonly string[];
  /** Writes the item as it is now. */
  readonly PassThru?: boolean;
};

/** What ajv checks when parameters of Set-ShelfItem arrive from PowerShell. */
export const SetShelfItemSchema = {
  $id: 'Set-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: { type: 'string' },
    Label: {
      type: 'array',
      items: { type: 'string' },
    },
    PassThru: { type: 'boolean' },
  },
  required: ['parameterSetName', 'Name', 'Label'],
  additionalProperties: false,
} as const;
