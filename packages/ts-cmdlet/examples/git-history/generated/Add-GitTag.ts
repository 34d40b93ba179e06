// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Add-GitTag: one variant for each parameter set. */
export type AddGitTagParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The name of the tag. */
  readonly Name: string;
  /** The commit: its hash, or the name of a branch or a tag. The default is HEAD. */
  readonly Commit?: string;
  /** The message of an annotated tag. */
  readonly Message?: string;
  /** Writes the tag to the pipeline. By default the cmdlet writes nothing. */
  readonly PassThru?: boolean;
  /** The path of a folder in the repository. The default is the current location. */
  readonly Path?: string;
};

/** What ajv checks when parameters of Add-GitTag arrive from PowerShell. */
export const AddGitTagSchema = {
  $id: 'Add-GitTag',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: { type: 'string' },
    Commit: { type: 'string' },
    Message: { type: 'string' },
    PassThru: { type: 'boolean' },
    Path: { type: 'string' },
  },
  required: ['parameterSetName', 'Name'],
  additionalProperties: false,
} as const;
