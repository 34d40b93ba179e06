// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Measure-Probe: one variant for each parameter set. */
export type MeasureProbeParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** A number to add. */
  readonly Size?: number;
  /** What to call it. */
  readonly Name?: string;
  /** A file in which it notes that it was closed. */
  readonly Path?: string;
};

/** What ajv checks when parameters of Measure-Probe arrive from PowerShell. */
export const MeasureProbeSchema = {
  $id: 'Measure-Probe',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Size: { type: 'integer' },
    Name: { type: 'string' },
    Path: { type: 'string' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
