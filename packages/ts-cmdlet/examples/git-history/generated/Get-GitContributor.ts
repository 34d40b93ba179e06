// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Get-GitContributor: one variant for each parameter set. */
export type GetGitContributorParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The path of a folder in the repository. The default is the current location. */
  readonly Path?: string;
  /** How many commits an author must have to be listed, over all repositories. */
  readonly MinimumCommits?: number;
};

/** The default values that the help of Get-GitContributor names: PowerShell hands over what was given, and no more. */
export const GetGitContributorDefaults = { MinimumCommits: 1 } as const;

/** What ajv checks when parameters of Get-GitContributor arrive from PowerShell. */
export const GetGitContributorSchema = {
  $id: 'Get-GitContributor',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
    MinimumCommits: { type: 'integer' },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
