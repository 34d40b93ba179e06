// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Set-ProbeMarker: one variant for each parameter set. */
export type SetProbeMarkerParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The file. */
  readonly Path: string;
  /** Asks once more in the middle of its work. */
  readonly Ask?: boolean;
};

/** What ajv checks when parameters of Set-ProbeMarker arrive from PowerShell. */
export const SetProbeMarkerSchema = {
  $id: 'Set-ProbeMarker',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
    Ask: { type: 'boolean' },
  },
  required: ['parameterSetName', 'Path'],
  additionalProperties: false,
} as const;
