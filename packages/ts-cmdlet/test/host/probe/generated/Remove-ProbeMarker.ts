// Generated from help/*.md. Do not edit: change the help and run npm run build.

export type RemoveProbeMarkerHandler = 'Obvious' | 'Each' | 'Confirm';

/** The parameters of Remove-ProbeMarker: one variant for each parameter set. */
export type RemoveProbeMarkerParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The file. */
  readonly Path: string;
  /** The form of the handler. */
  readonly Handler?: RemoveProbeMarkerHandler;
  /** Removes without a question. */
  readonly Force?: boolean;
};

/** The default values that the help of Remove-ProbeMarker names: PowerShell hands over what was given, and no more. */
export const RemoveProbeMarkerDefaults = { Handler: 'Obvious' } as const;

/** What ajv checks when parameters of Remove-ProbeMarker arrive from PowerShell. */
export const RemoveProbeMarkerSchema = {
  $id: 'Remove-ProbeMarker',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
    Handler: { type: 'string', enum: ['Obvious', 'Each', 'Confirm'] },
    Force: { type: 'boolean' },
  },
  required: ['parameterSetName', 'Path'],
  additionalProperties: false,
} as const;
