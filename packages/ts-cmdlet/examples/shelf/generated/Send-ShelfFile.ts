// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Send-ShelfFile: one variant for each parameter set. */
export type SendShelfFileParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The paths of the files, or patterns. */
  readonly Path: readonly string[];
  /** The labels of the item. Tab completes those that the service knows. */
  readonly Label?: readonly string[];
};

/** What ajv checks when parameters of Send-ShelfFile arrive from PowerShell. */
export const SendShelfFileSchema = {
  $id: 'Send-ShelfFile',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: {
      type: 'array',
      items: { type: 'string' },
    },
    Label: {
      type: 'array',
      items: { type: 'string' },
    },
  },
  required: ['parameterSetName', 'Path'],
  additionalProperties: false,
} as const;
