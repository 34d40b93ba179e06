// Generated from help/*.md. Do not edit: change the help and run npm run build.

import type { WireScalar } from 'ts-cmdlet';

/** The parameters of Get-GitCommit: one variant for each parameter set. */
export type GetGitCommitParameters = {
  readonly parameterSetName: '__AllParameterSets';
  /** The path of a folder in the repository. The default is the current location. */
  readonly Path?: string;
  /**
   * Gets the commits of these authors alone: a part of a name or of a mail address, in its own upper and lower case.
   */
  readonly Author?: readonly string[];
  /** Gets no more than this many commits. */
  readonly MaxCount?: number;
  /** Gets the commits that were committed after this time. */
  readonly Since?: WireScalar<'System.DateTime'>;
  /** Gets the commits that were committed before this time. */
  readonly Until?: WireScalar<'System.DateTime'>;
};

/** What ajv checks when parameters of Get-GitCommit arrive from PowerShell. */
export const GetGitCommitSchema = {
  $id: 'Get-GitCommit',
  type: 'object',
  properties: {
    parameterSetName: { const: '__AllParameterSets' },
    Path: { type: 'string' },
    Author: {
      type: 'array',
      items: { type: 'string' },
    },
    MaxCount: { type: 'integer' },
    Since: {
      type: 'object',
      properties: {
        $type: { const: 'System.DateTime' },
        value: { type: 'string' },
      },
      required: ['$type', 'value'],
      additionalProperties: false,
    },
    Until: {
      type: 'object',
      properties: {
        $type: { const: 'System.DateTime' },
        value: { type: 'string' },
      },
      required: ['$type', 'value'],
      additionalProperties: false,
    },
  },
  required: ['parameterSetName'],
  additionalProperties: false,
} as const;
