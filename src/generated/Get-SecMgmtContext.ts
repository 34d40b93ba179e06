// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Get-SecMgmtContext: one variant for each parameter set. */
export type GetSecMgmtContextParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** Gets all accounts that are connected in this session, in the order in which they were connected. */
  readonly ListAvailable?: boolean;
  /**
   * Renews the access token first, without asking you, so that an account that was disabled or whose consent was
   * withdrawn is seen at once. Without this parameter nothing is sent.
   */
  readonly Refresh?: boolean;
};

/** What ajv checks when parameters of Get-SecMgmtContext arrive from PowerShell. */
export const GetSecMgmtContextSchema = {
  $id: 'Get-SecMgmtContext',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    ListAvailable: { type: 'boolean' },
    Refresh: { type: 'boolean' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
