// Generated from help/*.md. Do not edit: change the help and run npm run build.

/** The parameters of Remove-GitTag: one variant for each parameter set. */
export type RemoveGitTagParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The names of the tags, or patterns such as v1.*. */
  readonly Name: readonly string[];
  /** Removes tags without a question. With WhatIf nothing is removed all the same. */
  readonly Force?: boolean;
  /** The path of a folder in the repository. The default is the current location. */
  readonly Path?: string;
};

/** What ajv checks when parameters of Remove-GitTag arrive from PowerShell. */
export const RemoveGitTagSchema = {
  $id: 'Remove-GitTag',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Name: {
      type: 'array',
      items: { type: 'string' },
    },
    Force: { type: 'boolean' },
    Path: { type: 'string' },
  },
  required: ['parameterSetName', 'Name'],
  additionalProperties: false,
} as const;
