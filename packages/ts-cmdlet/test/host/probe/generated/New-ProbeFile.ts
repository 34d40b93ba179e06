// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of New-ProbeFile: one variant for each parameter set. */
export type NewProbeFileParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The file. */
  readonly Path: string;
};

/** What ajv checks when parameters of New-ProbeFile arrive from PowerShell. */
export const NewProbeFileSchema = {
  $id: 'New-ProbeFile',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
  },
  required: ['parameterSetName', 'Path'],
  additionalProperties: false,
} as const;
