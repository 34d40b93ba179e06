// Generated from help/*.md. Do not edit: change the help and run npm run build.

import { type AddGitTagParameters, AddGitTagSchema } from './Add-GitTag.ts';
import { type GetGitCommitParameters, GetGitCommitSchema } from './Get-GitCommit.ts';
import { type GetGitContributorParameters, GetGitContributorSchema } from './Get-GitContributor.ts';
import { type RemoveGitTagParameters, RemoveGitTagSchema } from './Remove-GitTag.ts';

export type { AddGitTagParameters } from './Add-GitTag.ts';
export type { GetGitCommitParameters } from './Get-GitCommit.ts';
export type { GetGitContributorParameters } from './Get-GitContributor.ts';
export type { RemoveGitTagParameters } from './Remove-GitTag.ts';

/** The parameters of each cmdlet, by its name. */
export interface CmdletParameters {
  'Add-GitTag': AddGitTagParameters;
  'Get-GitCommit': GetGitCommitParameters;
  'Get-GitContributor': GetGitContributorParameters;
  'Remove-GitTag': RemoveGitTagParameters;
}

/** The JSON Schema of each cmdlet's parameters, by its name. */
export const cmdletSchemas: { readonly [Name in keyof CmdletParameters]: object } = {
  'Add-GitTag': AddGitTagSchema,
  'Get-GitCommit': GetGitCommitSchema,
  'Get-GitContributor': GetGitContributorSchema,
  'Remove-GitTag': RemoveGitTagSchema,
};
