// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Disconnect-Shelf: one variant for each parameter set. */
export type DisconnectShelfParameters = {
  readonly parameterSetName: '__AllParameterSets';
};

/** What ajv checks when parameters of Disconnect-Shelf arrive from PowerShell. */
export const DisconnectShelfSchema = {
  $id: 'Disconnect-Shelf',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
