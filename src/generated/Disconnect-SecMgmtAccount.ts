// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Disconnect-SecMgmtAccount: one variant for each parameter set. */
export type DisconnectSecMgmtAccountParameters = {
  readonly parameterSetName: '__AllParameterSets';
};

/** What ajv checks when parameters of Disconnect-SecMgmtAccount arrive from PowerShell. */
export const DisconnectSecMgmtAccountSchema = {
  $id: 'Disconnect-SecMgmtAccount',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
