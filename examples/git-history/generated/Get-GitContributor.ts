// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Get-GitContributor: one variant for each parameter set. */
export type GetGitContributorParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The path of a folder in the repository. The default is the current location. */
  readonly Path?: string;
};

/** What ajv checks when parameters of Get-GitContributor arrive from PowerShell. */
export const GetGitContributorSchema = {
  $id: 'Get-GitContributor',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
