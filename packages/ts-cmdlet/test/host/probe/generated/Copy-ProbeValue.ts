// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Copy-ProbeValue: one variant for each parameter set. */
export type CopyProbeValueParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The value. */
  readonly Value?: unknown;
  /** A number or null. */
  readonly Number?: number | null;
  /** A text. */
  readonly Text?: string;
  /** A switch of the cmdlet itself: there is no -WhatIf. */
  readonly Confirm?: boolean;
  /** Gives back what arrived, as JSON. */
  readonly AsJson?: boolean;
};

/** What ajv checks when parameters of Copy-ProbeValue arrive from PowerShell. */
export const CopyProbeValueSchema = {
  $id: 'Copy-ProbeValue',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Value: {},
    Number: { type: 'integer', nullable: true },
    Text: { type: 'string' },
    Confirm: { type: 'boolean' },
    AsJson: { type: 'boolean' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
