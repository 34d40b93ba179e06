// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of New-ShelfItem: one variant for each parameter set. */
export type NewShelfItemParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The name of the item. */
  readonly Name: string;
  /** The text. */
  readonly Content: string;
  /** The labels of the item. Tab completes those that the service knows. */
  readonly Label?: readonly string[];
};

/** What ajv checks when parameters of New-ShelfItem arrive from PowerShell. */
export const NewShelfItemSchema = {
  $id: 'New-ShelfItem',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: { type: 'string' },
    Content: { type: 'string' },
    Label: {
      type: 'array',
      items: { type: 'string' },
    },
  },
  required: ['parameterSetName', 'Name', 'Content'],
  additionalProperties: false,
} as const;
